//! Rows of raw figures, and the table of medians and ratios.

use std::fmt;

use ottla_benches::figures::{Figures, median};

use crate::suite::Workload;

/// One run.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Counted from 0.
    pub(crate) round: usize,
    /// Who.
    pub(crate) contestant: String,
    /// Under which load.
    pub(crate) workload: &'static str,
    /// What came out.
    pub(crate) figures: Figures,
}

impl Row {
    /// Names of the columns of a row.
    pub(crate) const TITLE: &'static str = "round\tcontestant\tworkload\tMB/s\trequests/s\tCPU s/GB\tCPU us/request\tp50 ms\tp99 ms\tp99.9 ms\tclient CPU s\tmeasured s";
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let figures = &self.figures;
        write!(
            f,
            "{}\t{}\t{}\t{:.1}\t{:.0}\t{:.3}\t{:.2}\t{:.3}\t{:.3}\t{:.3}\t{:.2}\t{:.2}",
            self.round,
            self.contestant,
            self.workload,
            figures.megabytes_per_second(),
            figures.requests_per_second(),
            figures.cpu_seconds_per_gigabyte().unwrap_or(f64::NAN),
            figures.cpu_micros_per_request().unwrap_or(f64::NAN),
            figures.latency_ms(0.5),
            figures.latency_ms(0.99),
            figures.latency_ms(0.999),
            figures.client.cpu().as_secs_f64(),
            figures.elapsed.as_secs_f64(),
        )
    }
}

type Measure = fn(&Figures) -> f64;

const MEASURES: [(&str, Measure); 4] = [
    ("CPU us/request", |figures| {
        figures.cpu_micros_per_request().unwrap_or(f64::NAN)
    }),
    ("CPU s/GB", |figures| {
        figures.cpu_seconds_per_gigabyte().unwrap_or(f64::NAN)
    }),
    ("MB/s", Figures::megabytes_per_second),
    ("p99.9 ms", |figures| figures.latency_ms(0.999)),
];

/// Prints medians of each measure, and the medians of the ratios of the runs of one round to the null
/// broker and to Apache Kafka.
pub(crate) fn print_table(workloads: &[Workload], rows: &[Row]) {
    let mut names: Vec<&str> = Vec::new();
    for row in rows {
        if !names.contains(&row.contestant.as_str()) {
            names.push(&row.contestant);
        }
    }
    println!(
        "\nmedians of the runs; in brackets the median ratio to the null broker, then to Apache Kafka, of runs of one round"
    );
    for (title, measure) in MEASURES {
        println!(
            "\n| {title} | {} |\n|---|{}",
            names.join(" | "),
            "---|".repeat(names.len())
        );
        for workload in workloads {
            let cells: Vec<_> = names
                .iter()
                .map(|name| cell(rows, workload.name, name, measure))
                .collect();
            println!("| {} | {} |", workload.name, cells.join(" | "));
        }
    }
}

fn cell(rows: &[Row], workload: &str, contestant: &str, measure: Measure) -> String {
    let of = |name: &str| -> Vec<(usize, f64)> {
        let runs = rows
            .iter()
            .filter(|row| row.workload == workload && row.contestant == name);
        runs.map(|row| (row.round, measure(&row.figures))).collect()
    };
    let own = of(contestant);
    if own.is_empty() {
        return "-".to_owned();
    }
    let mut text = format!(
        "{:.3}",
        median(own.iter().map(|(_, value)| *value).collect())
    );
    let ratios = ["null", "kafka"].map(|other| {
        let others = of(other);
        median(
            own.iter()
                .filter_map(|(round, value)| {
                    let (_, base) = others.iter().find(|(other, _)| other == round)?;
                    Some(value / base)
                })
                .collect(),
        )
    });
    if contestant.starts_with("ottla") {
        let [null, kafka] = ratios.map(|ratio| {
            if ratio.is_nan() {
                "-".to_owned()
            } else {
                format!("{ratio:.2}")
            }
        });
        text.push_str(&format!(" ({null}, {kafka})"));
    }
    text
}
