//! Wrapped and stretched text.

use crate::options::words;

/// Columns of everything.
const WIDTH: usize = 75;
/// Where help texts begin.
const HELP_AT: usize = 25;

/// The lines of a usage, broken between parts.
pub(super) fn usage(program: &str, command: Option<&str>, parts: &[String]) -> String {
    let mut text = format!("usage: {program}");
    let indent = text.len() + 1;
    if let Some(command) = command {
        text.push(' ');
        text.push_str(command);
    }
    let mut column = text.len();
    for part in parts {
        if column + 1 + part.len() > WIDTH {
            text.push('\n');
            text.push_str(&" ".repeat(indent));
            column = indent;
        } else {
            text.push(' ');
            column += 1;
        }
        text.push_str(part);
        column += part.len();
    }
    text.push('\n');
    text
}

/// A title and its help beside it, or below when the title is long.
pub(super) fn entry(indent: usize, title: &str, help: &str) -> String {
    let head = format!("{:indent$}{title}", "");
    let pad = " ".repeat(HELP_AT);
    let help = justify(help, WIDTH - HELP_AT, &pad);
    if head.len() + 2 <= HELP_AT {
        format!("{head:HELP_AT$}{help}\n")
    } else {
        format!("{head}\n{pad}{help}\n")
    }
}

/// Lines of at most `width` columns; those that were broken are stretched to it.
pub(super) fn justify(text: &str, width: usize, indent: &str) -> String {
    let mut lines = Vec::new();
    for paragraph in text.split_inclusive('\n') {
        let mut line = String::new();
        // A line end takes a column, as in the reference.
        let end = paragraph.trim_end_matches('\n');
        let mut rest = paragraph.chars().count();
        for word in words(end) {
            rest -= word.chars().count();
            let limit = if rest == 1 { width - 1 } else { width };
            if line.chars().count() + word.chars().count() > limit && !line.is_empty() {
                lines.push(stretch(line.trim_end(), width));
                line.clear();
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines.join(&format!("\n{indent}"))
}

/// Blanks are spread over the gaps; what does not go up evenly goes to those in the middle.
fn stretch(line: &str, width: usize) -> String {
    let parts: Vec<&str> = line.split(' ').filter(|part| !part.is_empty()).collect();
    let gaps = parts.len().saturating_sub(1);
    let missing = width.saturating_sub(line.chars().count());
    if gaps == 0 {
        return line.to_owned();
    }
    let (each, extra) = (missing / gaps, missing % gaps);
    let first = (gaps - extra).div_ceil(2);
    let mut stretched = String::new();
    for (place, part) in parts.iter().enumerate() {
        stretched.push_str(part);
        if place < gaps {
            let more = usize::from((first..first + extra).contains(&place));
            stretched.push_str(&" ".repeat(1 + each + more));
        }
    }
    stretched
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_stretched_in_the_middle() {
        let text =
            "kafka-storage: error: invalid choice: 'nosuch' (choose from 'info', 'format', 'x')";
        assert_eq!(
            justify(text, 75, ""),
            "kafka-storage:  error:  invalid  choice:   'nosuch'  (choose  from  'info',\n'format', 'x')"
        );
        let text = "Get information about the Kafka log directories on this node.";
        assert_eq!(
            justify(text, 50, "  "),
            "Get information about  the  Kafka  log directories\n  on this node."
        );
    }
}
