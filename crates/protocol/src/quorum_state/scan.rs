//! As much of JSON as a small file of numbers needs.

/// A JSON value. Numbers with a fraction or exponent, and bools, stand for themselves only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Null,
    Number(i64),
    Text(String),
    Array(Vec<Self>),
    Object(Vec<(String, Self)>),
    Other,
}

/// Reads one value that takes all of `text`; the error is the byte that does not fit.
pub(super) fn scan(text: &str) -> Result<Item, usize> {
    let mut scanner = Scanner { text, at: 0 };
    let item = scanner.item(MAX_DEPTH)?;
    scanner.skip_blanks();
    if scanner.at == text.len() {
        Ok(item)
    } else {
        Err(scanner.at)
    }
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl Scanner<'_> {
    fn item(&mut self, depth: usize) -> Result<Item, usize> {
        let depth = depth.checked_sub(1).ok_or(self.at)?;
        self.skip_blanks();
        match self.peek() {
            Some('{') => self.object(depth),
            Some('[') => self.array(depth),
            Some('"') => self.string().map(Item::Text),
            _ => self.word(),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Item, usize> {
        let mut fields = Vec::new();
        self.list('{', '}', |scanner| {
            scanner.skip_blanks();
            let name = scanner.string()?;
            scanner.expect(':')?;
            fields.push((name, scanner.item(depth)?));
            Ok(())
        })?;
        Ok(Item::Object(fields))
    }

    fn array(&mut self, depth: usize) -> Result<Item, usize> {
        let mut items = Vec::new();
        self.list('[', ']', |scanner| {
            items.push(scanner.item(depth)?);
            Ok(())
        })?;
        Ok(Item::Array(items))
    }

    fn list(
        &mut self,
        open: char,
        close: char,
        mut entry: impl FnMut(&mut Self) -> Result<(), usize>,
    ) -> Result<(), usize> {
        self.expect(open)?;
        if self.expect(close).is_ok() {
            return Ok(());
        }
        loop {
            entry(self)?;
            if self.expect(close).is_ok() {
                return Ok(());
            }
            self.expect(',')?;
        }
    }

    fn string(&mut self) -> Result<String, usize> {
        self.expect('"')?;
        // UTF-16, since that is what an escape stands for.
        let mut units = Vec::new();
        loop {
            match self.next_char()? {
                '"' => return Ok(String::from_utf16_lossy(&units)),
                '\\' => units.push(self.escape()?),
                control if control < ' ' => return Err(self.at),
                plain => units.extend_from_slice(plain.encode_utf16(&mut [0; 2])),
            }
        }
    }

    fn escape(&mut self) -> Result<u16, usize> {
        Ok(match self.next_char()? {
            'n' => 0x0a,
            'r' => 0x0d,
            't' => 0x09,
            'b' => 0x08,
            'f' => 0x0c,
            '"' => 0x22,
            '\\' => 0x5c,
            '/' => 0x2f,
            'u' => {
                let end = self.at.saturating_add(4);
                let digits = self.text.get(self.at..end).ok_or(self.at)?;
                let unit = u16::from_str_radix(digits, 16).map_err(|_| self.at)?;
                self.at = end;
                unit
            }
            _ => return Err(self.at),
        })
    }

    fn word(&mut self) -> Result<Item, usize> {
        let rest = self.rest();
        let end = rest.find(|char: char| !char.is_ascii_alphanumeric() && !"+-.".contains(char));
        let word = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        let item = match word {
            "null" => Item::Null,
            "true" | "false" => Item::Other,
            _ if word.starts_with('+') => return Err(self.at),
            _ => match (word.parse::<i64>(), word.parse::<f64>()) {
                (Ok(number), _) => Item::Number(number),
                (Err(_), Ok(number)) if number.is_finite() => Item::Other,
                _ => return Err(self.at),
            },
        };
        self.at = self.at.saturating_add(word.len());
        Ok(item)
    }

    fn expect(&mut self, wanted: char) -> Result<(), usize> {
        self.skip_blanks();
        if self.peek() == Some(wanted) {
            self.at = self.at.saturating_add(wanted.len_utf8());
            return Ok(());
        }
        Err(self.at)
    }

    fn next_char(&mut self) -> Result<char, usize> {
        let char = self.peek().ok_or(self.at)?;
        self.at = self.at.saturating_add(char.len_utf8());
        Ok(char)
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        let blanks = rest
            .len()
            .saturating_sub(rest.trim_start_matches([' ', '\t']).len());
        self.at = self.at.saturating_add(blanks);
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }
}

/// Arrays and objects within one another; the file needs three.
const MAX_DEPTH: usize = 16;
