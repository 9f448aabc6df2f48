//! Collects what a page says about itself outside its text: `<meta>`, `<link>`, `<html>`, JSON-LD.

/// A tag with its attributes, entities decoded.
#[derive(Default)]
pub(super) struct Tag {
    pub(super) name: Vec<u8>,
    pub(super) attributes: Vec<(Vec<u8>, Vec<u8>)>,
    /// Whether it ends in `/>`.
    pub(super) is_self_closing: bool,
}

impl Tag {
    pub(super) fn clear(&mut self) {
        self.name.clear();
        self.attributes.clear();
        self.is_self_closing = false;
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let (_, value) = attributes.find(|(found, _)| found == name.as_bytes())?;
        str::from_utf8(value).ok()
    }
}

/// What stands in the head of a page, and data anywhere in it.
#[derive(Default)]
pub(super) struct Facts {
    /// The words of the first `<title>`.
    pub(super) title: String,
    has_title: bool,
    /// Name or property in lower case, and content.
    pub(super) meta: Vec<(String, String)>,
    /// The language of `<html>`.
    pub(super) lang: Option<String>,
    /// The address of `<link rel="canonical">`.
    pub(super) canonical: Option<String>,
    /// The first `<time>`.
    pub(super) time: Option<String>,
    /// The texts of scripts that are data.
    pub(super) data: Vec<String>,
    is_data_open: bool,
}

impl Facts {
    /// Takes note of a start tag.
    pub(super) fn start_tag(&mut self, tag: &Tag) {
        self.is_data_open = false;
        let value = |name| tag.attribute(name).map(str::to_owned);
        match tag.name.as_slice() {
            b"html" => {
                let lang = value("lang").or_else(|| value("xml:lang"));
                self.lang = self.lang.take().or(lang);
            }
            b"title" => {
                self.has_title = self.has_title || !self.title.is_empty();
            }
            b"time" => self.time = self.time.take().or_else(|| value("datetime")),
            b"link" => {
                let is_canonical = tag
                    .attribute("rel")
                    .is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
                if is_canonical && self.canonical.is_none() {
                    self.canonical = value("href");
                }
            }
            b"meta" => {
                let content = value("content").filter(|content| !content.trim().is_empty());
                let names = ["property", "name", "itemprop", "http-equiv"];
                if let (Some(content), Some(name)) = (content, names.into_iter().find_map(value)) {
                    self.meta.push((name.trim().to_ascii_lowercase(), content));
                }
            }
            _ => {}
        }
    }

    /// Takes the text of a title; only the first title counts, others belong to drawings.
    pub(super) fn title_text(&mut self, text: &str) {
        if !self.has_title {
            self.title.push_str(text);
        }
    }

    /// Takes text of a script that is data.
    pub(super) fn data_text(&mut self, text: &str) {
        if !self.is_data_open {
            self.data.push(String::new());
            self.is_data_open = true;
        }
        if let Some(data) = self.data.last_mut() {
            data.push_str(text);
        }
    }
}
