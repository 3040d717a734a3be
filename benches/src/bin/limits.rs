//! What this machine can do at most: run it before a day of measuring, and keep its output.
#![expect(clippy::print_stdout, reason = "figures are its output")]

use std::{
    error::Error,
    fs::File,
    hint::black_box,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    os::unix::fs::FileExt,
    path::PathBuf,
    thread,
    time::Duration,
};

use ottla_benches::{
    args::Args,
    clock,
    figures::{float, histogram, median, record},
};
use ottla_records::crc32c;
use ottla_types::Saturate;
use rustix::time::{ClockId, clock_gettime};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = Args::from_process()?;
    let directory = args
        .text("dir")
        .map_or_else(std::env::temp_dir, PathBuf::from);
    args.finish()?;
    println!("each line: best and median of {REPETITIONS} repetitions");
    for size in [16 << 10, 1 << 20, 64 << 20] {
        let (from, mut to) = (vec![1u8; size], vec![0u8; size]);
        rate("memcpy", size, || to.copy_from_slice(black_box(&from)));
    }
    for size in [100, 1 << 10, 16 << 10, 1 << 20] {
        let bytes = vec![7u8; size];
        rate("crc32c", size, || {
            black_box(crc32c(black_box(&bytes)));
        });
    }
    for size in [1 << 10, 16 << 10, 128 << 10, 1 << 20] {
        loopback(size)?;
    }
    ping_pong()?;
    let file = tempfile::tempfile_in(&directory)?;
    touch(&file)?;
    for size in [100, 1 << 10, 16 << 10, 64 << 10, 1 << 20] {
        append(&file, size)?;
    }
    sync(&file)
}

const REPETITIONS: usize = 5;
const FILE_SIZE: u64 = 1 << 30;

/// Bytes per second of `work`, which handles `size` bytes.
fn rate(what: &str, size: usize, mut work: impl FnMut()) {
    let rounds = (256 << 20) / size.max(64);
    let times = repeat(|| {
        let begun = clock::now();
        (0..rounds).for_each(|_| work());
        Ok(begun.elapsed().as_secs_f64() / float(rounds.saturate()))
    });
    if let Ok((best, middle)) = times {
        let gigabytes = |seconds: f64| float(size.saturate()) / seconds / 1e9;
        println!(
            "{what} {size} B: {:.2}, {:.2} GB/s; {:.1}, {:.1} ns",
            gigabytes(best),
            gigabytes(middle),
            best * 1e9,
            middle * 1e9
        );
    }
}

fn repeat(
    mut once: impl FnMut() -> Result<f64, Box<dyn Error>>,
) -> Result<(f64, f64), Box<dyn Error>> {
    let times = (0..REPETITIONS)
        .map(|_| once())
        .collect::<Result<Vec<_>, _>>()?;
    Ok((
        times.iter().copied().fold(f64::INFINITY, f64::min),
        median(times),
    ))
}

fn pair() -> Result<(TcpStream, TcpStream), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let sender = TcpStream::connect(listener.local_addr()?)?;
    let (receiver, _) = listener.accept()?;
    sender.set_nodelay(true)?;
    receiver.set_nodelay(true)?;
    Ok((sender, receiver))
}

/// CPU time of the calling thread, in seconds.
fn thread_cpu() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(
        time.tv_sec.saturate(),
        u32::try_from(time.tv_nsec).unwrap_or(0),
    )
    .as_secs_f64()
}

fn loopback(size: usize) -> Result<(), Box<dyn Error>> {
    let total: usize = if size < 4096 { 256 << 20 } else { 1 << 30 };
    let mut receiving = Vec::new();
    let (best, middle) = repeat(|| {
        let (mut sender, mut receiver) = pair()?;
        let reader = thread::spawn(move || {
            let mut buffer = vec![0; 256 << 10];
            while receiver.read(&mut buffer).is_ok_and(|count| count > 0) {}
            thread_cpu()
        });
        let bytes = vec![1u8; size];
        let begun = clock::now();
        for _ in 0..total / size {
            sender.write_all(&bytes)?;
        }
        drop(sender);
        receiving.push(reader.join().map_err(|_| "the reader failed")?);
        Ok(begun.elapsed().as_secs_f64())
    })?;
    let gigabytes = float(total.saturate()) / 1e9;
    println!(
        "loopback, writes of {size} B: {:.2}, {:.2} GB/s; receiving takes {:.3} CPU s/GB",
        gigabytes / best,
        gigabytes / middle,
        median(receiving) / gigabytes
    );
    Ok(())
}

fn ping_pong() -> Result<(), Box<dyn Error>> {
    let (mut near, mut far) = pair()?;
    let echo = thread::spawn(move || {
        let mut byte = [0];
        while far
            .read_exact(&mut byte)
            .and_then(|()| far.write_all(&byte))
            .is_ok()
        {}
        thread_cpu()
    });
    let rounds = 20_000u32;
    let (best, middle) = repeat(|| {
        let begun = clock::now();
        for _ in 0..rounds {
            near.write_all(&[1])?;
            near.read_exact(&mut [0])?;
        }
        Ok(begun.elapsed().as_secs_f64() / f64::from(rounds))
    })?;
    drop(near);
    let cpu = echo.join().map_err(|_| "the echo failed")?
        / f64::from(rounds)
        / float(REPETITIONS.saturate());
    println!(
        "ping-pong: {:.1}, {:.1} us; echo {:.1} CPU us",
        best * 1e6,
        middle * 1e6,
        cpu * 1e6
    );
    Ok(())
}

/// Takes the memory that the appends will use, so that the first of them is no slower than the rest.
fn touch(file: &File) -> Result<(), Box<dyn Error>> {
    let bytes = vec![0u8; 1 << 20];
    for position in (0..FILE_SIZE).step_by(1 << 20) {
        file.write_all_at(&bytes, position)?;
    }
    Ok(())
}

fn append(file: &File, size: usize) -> Result<(), Box<dyn Error>> {
    let bytes = vec![1u8; size];
    let step: u64 = size.saturate();
    let rounds = (FILE_SIZE / step).min(20_000);
    let (best, middle) = repeat(|| {
        let begun = clock::now();
        for round in 0..rounds {
            file.write_all_at(&bytes, round * step)?;
        }
        Ok(begun.elapsed().as_secs_f64() / float(rounds))
    })?;
    println!("pwrite {size} B: {:.2}, {:.2} us", best * 1e6, middle * 1e6);
    Ok(())
}

fn sync(file: &File) -> Result<(), Box<dyn Error>> {
    file.sync_data()?;
    let mut times = histogram();
    for round in 0..300u32 {
        file.write_all_at(&[1; 4096], FILE_SIZE + u64::from(round) * 4096)?;
        let begun = clock::now();
        file.sync_data()?;
        record(&mut times, begun.elapsed());
    }
    let [p50, p99] = [0.5, 0.99].map(|share| float(times.value_at_quantile(share)) / 1e3);
    println!("append 4 KiB and fdatasync: p50 {p50:.0}, p99 {p99:.0} us");
    Ok(())
}
