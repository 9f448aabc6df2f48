//! Everything found in an article as JSON, one object for a line of its own.

use serde_json::{Value as Json, json};

use super::{Candidate, Direction, Find, Quotation, QuotationKind, Speaker, Statistic, Value};
use crate::article::{Article, Block, BlockKind, Span, Verbatim};

/// The record of an article: its quotations, statistics and paragraphs with their bytes.
///
/// Quotations are those among the candidates; statistics are all `quantities`, offered or not.
#[must_use]
pub fn record(article: &Article, candidates: &[Candidate], quantities: &[Statistic]) -> Json {
    let mut quotations: Vec<(&Quotation, f64)> = candidates
        .iter()
        .filter_map(|candidate| match &candidate.find {
            Find::Quotation(quotation) if quotation.kind != QuotationKind::Sentence => {
                Some((quotation, candidate.score))
            }
            Find::Quotation(_) | Find::Statistic(_) => None,
        })
        .collect();
    quotations.sort_by_key(|(quotation, _)| quotation.marked.start);
    json!({
        "article": article.path.display().to_string(),
        "title": article.meta.title,
        "byline": article.meta.byline,
        "date": article.meta.date,
        "lang": article.meta.lang,
        "site": article.meta.site,
        "url": article.meta.url,
        "image": article.meta.image,
        "encoding": article.meta.encoding.unwrap_or("UTF-8"),
        "quotes": quotations.into_iter().map(|(quotation, score)| quote(quotation, score)).collect::<Vec<_>>(),
        "statistics": quantities.iter().map(statistic).collect::<Vec<_>>(),
        "paragraphs": article.blocks.iter().map(paragraph).collect::<Vec<_>>(),
    })
}

fn span(span: Span) -> Json {
    json!([span.start, span.end])
}

fn text(words: Option<&Verbatim>) -> Json {
    words.map_or(Json::Null, |words| words.text().into())
}

fn speaker(speaker: Option<&Speaker>) -> Json {
    speaker.map_or(Json::Null, |speaker| {
        json!({
            "mention": speaker.mention.text(),
            "span": span(speaker.mention.outer_span()),
            "name": text(speaker.name.as_ref()),
            "role": text(speaker.role.as_ref()),
        })
    })
}

fn quote(quotation: &Quotation, score: f64) -> Json {
    json!({
        "text": quotation.words.text(),
        "spans": quotation.words.pieces().iter().map(|piece| span(*piece)).collect::<Vec<_>>(),
        "speaker": speaker(quotation.speaker.as_ref()),
        "doubted": speaker(quotation.doubted.as_ref()),
        "kind": quotation.kind.name(),
        "cue": text(quotation.cue.as_ref()),
        "rule": quotation.rule,
        "emphasis": text(quotation.emphasis.as_ref()),
        "score": (score * 100.0).round() / 100.0,
    })
}

fn statistic(found: &Statistic) -> Json {
    json!({
        "figure": found.figure.text(),
        "span": span(found.figure.outer_span()),
        "value": value(found.value),
        "unit": found.unit,
        "noun": text(found.noun.as_ref()),
        "qualifier": text(found.qualifier.as_ref()),
        "label": text(found.label.as_ref()),
        "claim": found.claim.text(),
        "source": text(found.source.as_ref()),
        "time": text(found.time.as_ref()),
        "population": text(found.population.as_ref()),
        "direction": found.direction.map(|direction| match direction {
            Direction::Up => "up",
            Direction::Down => "down",
        }),
        "chart": found.picture.name(),
        "values": found.compared.iter().map(|one| json!({
            "figure": one.figure.text(),
            "label": one.label.text(),
            "span": span(one.figure.outer_span()),
        })).collect::<Vec<_>>(),
    })
}

fn value(value: Value) -> Json {
    match value {
        Value::One(number) => whole(number),
        Value::Range(from, to) => json!([whole(from), whole(to)]),
        Value::Ratio { n, of } => json!({ "n": whole(n), "of": whole(of) }),
    }
}

/// A whole number without a point.
fn whole(number: f64) -> Json {
    if number.fract() == 0.0 && number.abs() < 9e15 {
        json!(number as i64)
    } else {
        json!(number)
    }
}

fn paragraph(block: &Block) -> Json {
    let kind = match block.kind {
        BlockKind::Paragraph => "para",
        BlockKind::Heading(_) => "heading",
        BlockKind::ListItem => "list",
        BlockKind::BlockQuote => "quote",
        BlockKind::PullQuote => "pullquote",
        BlockKind::Credit => "credit",
        BlockKind::Caption => "caption",
        BlockKind::Table => "table",
        BlockKind::Code => "code",
        BlockKind::Bio => "bio",
        BlockKind::Boilerplate => "boilerplate",
    };
    json!({ "text": block.text, "kind": kind, "span": span(block.span) })
}
