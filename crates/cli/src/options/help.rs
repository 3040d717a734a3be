//! The table of options, laid out as jopt-simple does: 80 columns, wrapped where Java's line breaks are.

use super::{Kind, Opt, Takes};

const WIDTH: usize = 80;
const GUTTER: usize = 2;
const INDENT: &str = "  ";

/// The whole table, each line padded.
pub(super) fn table(options: &[Opt]) -> String {
    let mut sorted: Vec<&Opt> = options.iter().collect();
    sorted.sort_by_key(|opt| opt.name);
    let mut rows = vec![
        ("Option".to_owned(), "Description".to_owned()),
        ("------".to_owned(), "-----------".to_owned()),
    ];
    rows.extend(sorted.iter().map(|opt| (option(opt), description(opt))));
    let option_width = widest(rows.iter().map(|row| &row.0)).min((WIDTH - GUTTER) / 2);
    let description_width =
        widest(rows.iter().map(|row| &row.1)).min(WIDTH - GUTTER - option_width);
    let fitted: Vec<(String, String)> = rows
        .iter()
        .flat_map(|(option, description)| {
            side_by_side(
                pieces(option, option_width),
                pieces(description, description_width),
            )
        })
        .collect();
    let option_width = widest(fitted.iter().map(|row| &row.0));
    let description_width = widest(fitted.iter().map(|row| &row.1));
    let mut table = String::new();
    for (option, description) in fitted {
        let line = format!("{option:option_width$}{INDENT}{description:description_width$}\n");
        table.push_str(&line);
    }
    table
}

fn option(opt: &Opt) -> String {
    let value = |kind: Kind, what: &str| {
        if what.is_empty() {
            kind.name().to_owned()
        } else {
            format!("{}: {what}", kind.name())
        }
    };
    match opt.takes {
        Takes::Nothing => format!("--{}", opt.name),
        Takes::Value(kind, what) => format!("--{} <{}>", opt.name, value(kind, what)),
        Takes::Maybe(kind, what) => format!("--{} [{}]", opt.name, value(kind, what)),
    }
}

fn description(opt: &Opt) -> String {
    match opt.default {
        Some(default) => format!("{} (default: {default})", opt.help),
        None => opt.help.to_owned(),
    }
}

fn widest<'a>(texts: impl Iterator<Item = &'a String>) -> usize {
    texts.map(|text| text.chars().count()).max().unwrap_or(0)
}

fn side_by_side(left: Vec<String>, right: Vec<String>) -> Vec<(String, String)> {
    let count = left.len().max(right.len());
    let (mut left, mut right) = (left.into_iter(), right.into_iter());
    (0..count)
        .map(|_| {
            (
                left.next().unwrap_or_default(),
                right.next().unwrap_or_default(),
            )
        })
        .collect()
}

fn pieces(column: &str, width: usize) -> Vec<String> {
    column
        .trim()
        .split('\n')
        .flat_map(|line| pieces_of_line(line, width))
        .collect()
}

fn pieces_of_line(line: &str, width: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for word in words(line) {
        if piece.chars().count() + word.chars().count() > width {
            pieces.push(piece.trim_end().to_owned());
            INDENT.clone_into(&mut piece);
        }
        piece.push_str(word);
    }
    if !piece.is_empty() {
        pieces.push(piece);
    }
    pieces
}

/// The stretches of a line between two places where Java may break it.
pub(crate) fn words(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let (word, tail) = rest.split_at(word_len(rest).max(first));
        rest = tail;
        Some(word)
    })
}

fn word_len(text: &str) -> usize {
    let core = number_len(text).max(plain_len(text));
    let at = core + suffix_len(text.get(core..).unwrap_or_default());
    let rest = text.get(at..).unwrap_or_default();
    let spaces = run(rest, |c| c == ' ');
    let tab = rest
        .get(spaces..)
        .is_some_and(|rest| rest.starts_with('\t'));
    at + spaces + usize::from(tab)
}

/// Opening punctuation, then anything that is not punctuation or blank. An apostrophe between two
/// letters is neither.
fn plain_len(text: &str) -> usize {
    let opening = run(text, is_opening);
    let rest = text.get(opening..).unwrap_or_default();
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inside =
            c == '\'' && at > 0 && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        let ends = matches!(c, ' ' | '\t' | '-') || is_opening(c) || is_closing(c);
        if ends && !inside {
            return opening + at;
        }
    }
    text.len()
}

/// Opening punctuation and dashes, then digits with single periods and commas between.
fn number_len(text: &str) -> usize {
    let mut at = run(text, |c| is_opening(c) || c == '-');
    let digits = |at: usize| run(text.get(at..).unwrap_or_default(), |c| c.is_ascii_digit());
    let first = digits(at);
    if first == 0 {
        return 0;
    }
    at += first;
    while text
        .get(at..)
        .is_some_and(|rest| rest.starts_with(['.', ',']))
    {
        let more = digits(at + 1);
        if more == 0 {
            break;
        }
        at += 1 + more;
    }
    at
}

/// Dashes, or closing punctuation.
fn suffix_len(text: &str) -> usize {
    run(text, |c| c == '-').max(run(text, is_closing))
}

fn run(text: &str, accepts: impl Fn(char) -> bool) -> usize {
    text.find(|c| !accepts(c)).unwrap_or(text.len())
}

const fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '$' | '"' | '\'')
}

const fn is_closing(c: char) -> bool {
    matches!(
        c,
        ')' | ']' | '}' | '!' | '%' | '.' | ',' | ':' | ';' | '?' | '"' | '\''
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_java_breaks_lines() {
        let split = |line: &'static str| words(line).collect::<Vec<_>>();
        assert_eq!(split("a.b-c d"), ["a.", "b-", "c ", "d"]);
        assert_eq!(split("with --create."), ["with ", "--", "create."]);
        assert_eq!(split("'a.b.' isn't"), ["'a.", "b.' ", "isn't"]);
        assert_eq!(split("\tx 3.5 (y)"), ["\t", "x ", "3.5 ", "(y)"]);
    }
}
