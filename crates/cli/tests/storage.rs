//! `storage` on directories that are made here.

use std::{error::Error, fs, path::Path};

use ottla_cli::{Io, tool_for};

fn storage(arguments: &[&str]) -> (i32, String, String) {
    let (io, captured) = Io::captured(b"");
    let tool = tool_for("kafka-storage").expect("a tool");
    let code = (tool.run)(arguments.iter().map(Into::into).collect(), io);
    (code, captured.out(), captured.err())
}

const CLUSTER: &str = "xHrznAlKSz66dVGcdjxtfw";

fn properties(directory: &Path, quorum: &str) -> Result<String, Box<dyn Error>> {
    let path = directory.join("server.properties");
    let text = format!(
        "process.roles=broker,controller\nnode.id=1\n{quorum}\n\
         listeners=PLAINTEXT://:9092,CONTROLLER://localhost:9093\n\
         controller.listener.names=CONTROLLER\nlog.dirs={}/data\n",
        directory.display()
    );
    fs::write(&path, text)?;
    Ok(path.display().to_string())
}

#[test]
fn a_formatted_directory_tells_who_it_is() -> Result<(), Box<dyn Error>> {
    let directory = tempfile::tempdir()?;
    let file = properties(
        directory.path(),
        "controller.quorum.voters=1@localhost:9093",
    )?;
    let data = directory.path().join("data");
    let (code, out, _) = storage(&["info", "-c", &file]);
    assert_eq!(code, 1);
    assert_eq!(
        out,
        format!("Found problem:\n  {} does not exist\n\n", data.display())
    );

    let (code, out, err) = storage(&["format", "-t", CLUSTER, "-c", &file]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.starts_with("Bootstrap metadata: BootstrapMetadata(records=[ApiMessageAndVersion(FeatureLevelRecord(name='metadata.version', featureLevel=30) at version 0), "));
    assert!(out.ends_with(&format!(
        "Formatting metadata directory {} with metadata.version 4.3-IV0.\n",
        data.display()
    )));

    let (code, out, _) = storage(&["info", "--conf", &file]);
    assert_eq!(code, 0);
    assert!(out.contains(&format!(
        "Found metadata: {{cluster.id={CLUSTER}, directory.id="
    )));
    let (code, _, err) = storage(&["format", "-t", CLUSTER, "-c", &file]);
    assert_eq!(code, 1);
    assert!(err.contains("is already formatted. Use --ignore-formatted"));
    Ok(())
}

#[test]
fn a_quorum_of_one_begins_with_its_voter() -> Result<(), Box<dyn Error>> {
    let directory = tempfile::tempdir()?;
    let quorum = "controller.quorum.bootstrap.servers=localhost:9093";
    let file = properties(directory.path(), quorum)?;
    let (code, _, err) = storage(&["format", "-t", CLUSTER, "-c", &file]);
    assert_eq!(code, 1);
    assert!(err.starts_with("Because controller.quorum.voters is not set"));
    let (code, out, _) = storage(&["format", "-t", CLUSTER, "-c", &file, "-s"]);
    assert_eq!(code, 0);
    assert!(out.contains("Formatting dynamic metadata voter directory"));

    let snapshot = "data/__cluster_metadata-0/00000000000000000000-0000000000.checkpoint";
    let snapshot = directory.path().join(snapshot).display().to_string();
    let (io, captured) = Io::captured(b"");
    let dump = tool_for("dump-log").expect("a tool");
    let arguments = ["--files", &snapshot, "--cluster-metadata-decoder"];
    assert_eq!(
        (dump.run)(arguments.iter().map(Into::into).collect(), io),
        0
    );
    let out = captured.out();
    assert!(
        out.contains("KRaftVersion {\"version\":0,\"kRaftVersion\":1}"),
        "{out}"
    );
    assert!(out.contains(
        "\"endpoints\":[{\"name\":\"CONTROLLER\",\"host\":\"localhost\",\"port\":9093}]"
    ));
    Ok(())
}

#[test]
fn mistakes_are_answered_as_argparse_does() {
    let (code, out, err) = storage(&["nosuch"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert_eq!(
        err.lines().nth(3),
        Some("kafka-storage:  error:  invalid  choice:   'nosuch'  (choose  from  'info',")
    );
    let (code, out, _) = storage(&["--help"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("usage: kafka-storage [-h]\n"));
}
