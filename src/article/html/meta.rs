//! What a page says about itself: JSON-LD first, then Open Graph and `<meta>`, then the page's head.

use serde_json::Value;

use super::facts::Facts;
use crate::article::Meta;

/// Names of the tags that hold each field, best first.
const TITLE: &[&str] = &["og:title", "twitter:title", "dc.title", "citation_title"];
const BYLINE: &[&str] = &[
    "author",
    "article:author",
    "og:article:author",
    "dc.creator",
    "byl",
    "parsely-author",
    "sailthru.author",
    "citation_author",
    "twitter:data1",
];
const SITE: &[&str] = &["og:site_name", "application-name"];
const DATE: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "date",
    "dc.date",
    "dc.date.issued",
    "datepublished",
    "publish-date",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
];
const LANG: &[&str] = &["og:locale", "content-language", "language", "dc.language"];
const IMAGE: &[&str] = &[
    "og:image",
    "og:image:url",
    "og:image:secure_url",
    "twitter:image",
    "twitter:image:src",
];

/// The metadata of a page; `about` is what the finder of the main text read from it.
pub(super) fn read(facts: &Facts, about: Option<&dom_smoothie::Article>) -> Meta {
    let data: Vec<Value> = facts
        .data
        .iter()
        .filter_map(|text| serde_json::from_str(text.trim()).ok())
        .collect();
    let article = data
        .iter()
        .find_map(|value| article(value, 0))
        .unwrap_or(&Value::Null);
    let own = |name: &str| words(&article[name]);
    let tagged = |names: &[&str]| tagged(facts, names);
    Meta {
        title: first([
            own("headline").or_else(|| tagged(TITLE)),
            about.map(|about| about.title.clone()),
            Some(facts.title.clone()),
        ]),
        byline: first([
            own("author").filter(|name| is_name(name)),
            tagged(BYLINE).filter(|name| is_name(name)),
            about
                .and_then(|about| about.byline.clone())
                .filter(|name| is_name(name)),
        ])
        .map(|name| without_by(&name).to_owned()),
        site: first([tagged(SITE), own("publisher"), None]),
        date: first([own("datePublished"), tagged(DATE), facts.time.clone()]),
        lang: first([facts.lang.clone(), own("inLanguage"), tagged(LANG)])
            .and_then(|lang| language(&lang)),
        url: first([
            facts.canonical.clone().filter(|url| is_address(url)),
            tagged(&["og:url"]),
            own("url").filter(|url| is_address(url)),
        ]),
        image: first([tagged(IMAGE), image(&article["image"]), None]),
        encoding: None,
    }
}

/// The first of the choices that has words.
fn first(choices: [Option<String>; 3]) -> Option<String> {
    let choices = choices.into_iter().flatten().map(|text| fold(&text));
    choices.into_iter().find(|text| !text.is_empty())
}

/// The content of the first tag of one of these names.
fn tagged(facts: &Facts, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        let (_, content) = facts.meta.iter().find(|(found, _)| found == name)?;
        Some(content.clone())
    })
}

/// Deepest nesting of JSON-LD that is looked into.
const DEEPEST: usize = 4;

/// The object that describes the article: itself, in a list, in `@graph`, or as a page's main entity.
fn article(value: &Value, depth: usize) -> Option<&Value> {
    if depth > DEEPEST {
        return None;
    }
    match value {
        Value::Array(items) => items.iter().find_map(|item| article(item, depth + 1)),
        Value::Object(fields) => {
            if is_article(&value["@type"]) {
                return Some(value);
            }
            let inner = ["@graph", "mainEntity", "mainEntityOfPage"];
            let mut inner = inner.iter().filter_map(|name| fields.get(*name));
            inner.find_map(|inner| article(inner, depth + 1))
        }
        _ => None,
    }
}

fn is_article(kind: &Value) -> bool {
    match kind {
        Value::String(kind) => {
            let kind = kind
                .trim_start_matches("http://schema.org/")
                .trim_start_matches("https://schema.org/");
            kind.ends_with("Article")
                || kind.ends_with("Posting")
                || matches!(kind, "Report" | "Review")
        }
        Value::Array(kinds) => kinds.iter().any(is_article),
        _ => false,
    }
}

/// A value as words: names of people and organisations, items of lists joined.
fn words(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => decode(text),
        Value::Object(_) => words(&value["name"])?,
        Value::Array(items) => items
            .iter()
            .filter_map(words)
            .collect::<Vec<_>>()
            .join(", "),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// Systems write entities into JSON, where they mean themselves.
fn decode(text: &str) -> String {
    let entities = [
        ("&quot;", "\""),
        ("&#039;", "'"),
        ("&#39;", "'"),
        ("&#8217;", "’"),
        ("&#8216;", "‘"),
        ("&#8220;", "“"),
        ("&#8221;", "”"),
        ("&rsquo;", "’"),
        ("&lsquo;", "‘"),
        ("&ldquo;", "“"),
        ("&rdquo;", "”"),
        ("&nbsp;", " "),
        ("&#8211;", "–"),
        ("&#8212;", "—"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ];
    let mut text = text.trim().to_owned();
    if text.contains('&') {
        for (entity, character) in entities {
            text = text.replace(entity, character);
        }
    }
    text
}

/// The address of the first picture.
fn image(value: &Value) -> Option<String> {
    match value {
        Value::String(address) => Some(address.clone()),
        Value::Array(items) => items.iter().find_map(image),
        Value::Object(_) => image(&value["url"]).or_else(|| image(&value["contentUrl"])),
        _ => None,
    }
}

/// Whether an author is a name, and not the address of a profile or a whole sentence.
fn is_name(name: &str) -> bool {
    !is_address(name) && name.chars().count() <= 120
}

fn is_address(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("http://") || text.starts_with("https://")
}

fn without_by(name: &str) -> &str {
    let by = ["By ", "by ", "BY ", "Von ", "Par ", "Por "];
    by.iter()
        .find_map(|by| name.strip_prefix(by))
        .unwrap_or(name)
        .trim()
}

/// A BCP 47 tag from what pages write: `en_US`, `de-DE`, `EN`.
fn language(text: &str) -> Option<String> {
    let mut parts = text.trim().split(['-', '_']);
    let language = parts.next()?.to_ascii_lowercase();
    let is_language = (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !is_language {
        return None;
    }
    let rest = parts
        .filter(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    Some(rest.fold(language, |tag, part| match part.len() {
        2 => format!("{tag}-{}", part.to_ascii_uppercase()),
        _ => format!("{tag}-{part}"),
    }))
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
