//! Small parts of HTML pages: safe text, safe addresses, numbers as people say them.

/// `1 image`, `2 images`.
#[must_use]
pub fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// A file's size as people say it, in decimal units, as platforms count.
#[must_use]
pub fn size(bytes: usize) -> String {
    match bytes {
        0..1_000_000 => format!("{}\u{a0}KB", bytes.div_ceil(1000)),
        _ => format!("{:.1}\u{a0}MB", bytes as f64 / 1e6),
    }
}

/// Text that is safe between tags and in quoted attributes.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A message as safe text, with what stands in backticks as code.
#[must_use]
pub fn message(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escape(text);
    }
    let part = |(index, part): (usize, &&str)| match index % 2 {
        0 => escape(part),
        _ => format!("<code>{}</code>", escape(part)),
    };
    parts.iter().enumerate().map(part).collect()
}

/// A relative path as an address: everything but plain letters, digits and `/-._~` is encoded.
#[must_use]
pub fn address(file: &str) -> String {
    let encode = |byte: u8| match byte {
        b'/' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    file.bytes().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn material_never_becomes_markup() {
        assert_eq!(
            escape("<b a=\"1\">Tom & 'Jo'"),
            "&lt;b a=&quot;1&quot;&gt;Tom &amp; &#39;Jo&#39;"
        );
        assert_eq!(address("río/a b#1%.png"), "r%C3%ADo/a%20b%231%25.png");
    }

    #[test]
    fn backticks_mark_code() {
        assert_eq!(message("add `a<b>`, or"), "add <code>a&lt;b&gt;</code>, or");
        assert_eq!(message("no font has ```"), "no font has ```");
        assert_eq!(message("one ` alone"), "one ` alone");
    }

    #[test]
    fn sizes_are_what_platforms_count() {
        let sizes = [0, 1, 1000, 38_400, 999_999, 2_340_000].map(size);
        let sizes = sizes.map(|size| size.replace('\u{a0}', " "));
        assert_eq!(
            sizes,
            ["0 KB", "1 KB", "1 KB", "39 KB", "1000 KB", "2.3 MB"]
        );
    }
}
