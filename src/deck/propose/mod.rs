//! Makes a deck of an article's candidates: which become cards, in which order, under which names.
//!
//! Words are copied as they stand, each field with the bytes it came from. Quotations that nobody
//! is named for come last: they are for people to attribute or to reject.

use std::collections::{BTreeMap, BTreeSet};

use super::slug::{Names, slug};
use super::{Card, ChartKind, Deck, Field, Kind, Origin, Value};
use crate::article::{Article, Meta, Verbatim};
use crate::extract::{
    self, Candidate, Compared, Find, Picture, Quotation, QuotationKind, Speaker, Statistic,
};

/// Characters an id may have: file names stay readable in a list.
const LONGEST_ID: usize = 32;

/// Words a role may have.
const LONGEST_ROLE: usize = 9;

/// Words of a sentence that can stand below a figure.
const LONGEST_CONTEXT: usize = 26;

/// What a card's score loses for each better one by the same voice: two good quotations by one
/// person are wanted, five of them before anybody else speaks are not.
const SAME_VOICE: f64 = 0.5;

/// What it loses for each better one of the same kind.
const SAME_KIND: f64 = 0.1;

/// Words that stand for somebody without naming them.
const PRONOUNS: &[&str] = &[
    "he", "she", "they", "it", "i", "we", "you", "who", "one", "this", "that", "these", "those",
    "him", "her", "them", "us", "me", "everyone", "someone", "another", "others",
];

/// Makes a deck of at most `max` cards of an article's candidates.
///
/// Titles and words held at arm's length become no cards. The order is that of the scores, less a
/// little for every better card of the same voice or kind; unattributed quotations come last.
#[must_use]
pub fn propose(article: &Article, candidates: &[Candidate], max: usize) -> Deck {
    let mut deck = Deck {
        lang: article.meta.lang.clone(),
        shared: shared(&article.meta),
        ..Deck::default()
    };
    let mut ids = Names::default();
    for candidate in order(candidates).into_iter().take(max) {
        let mut card = card(article, candidate);
        card.id = ids.take(&card.id);
        deck.cards.push(card);
    }
    deck
}

/// The id that words give a card: their first clause, as a slug.
pub(super) fn id(words: &str) -> String {
    let mut count = 0;
    let end = words.char_indices().find(|(index, c)| {
        let rest = &words[index + c.len_utf8()..];
        let ends_word = rest.starts_with(char::is_whitespace);
        count += usize::from(ends_word);
        ends_word && count >= 2 && matches!(c, ',' | ';' | ':' | '.' | '!' | '?' | '–' | '—')
    });
    slug(
        &words[..end.map_or(words.len(), |(index, _)| index)],
        LONGEST_ID,
    )
}

fn shared(meta: &Meta) -> BTreeMap<Field, String> {
    let fields = [
        (Field::Title, &meta.title),
        (Field::Byline, &meta.byline),
        (Field::Date, &meta.date),
        (Field::Brand, &meta.site),
    ];
    let fields = fields.into_iter();
    fields
        .filter_map(|(field, value)| Some((field, value.clone()?)))
        .collect()
}

/// Those that become cards, best first, each once.
fn order(candidates: &[Candidate]) -> Vec<&Candidate> {
    let mut cards: Vec<&Candidate> = candidates.iter().filter(|c| is_card(c)).collect();
    // Stable: equal scores keep the order they were found in.
    cards.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut seen = BTreeSet::new();
    cards.retain(|candidate| seen.insert(words(candidate)));
    let (mut voices, mut kinds) = (BTreeMap::new(), [0_u32; 2]);
    let mut ranked: Vec<(bool, f64, &Candidate)> = Vec::new();
    for candidate in cards {
        let voice = voices.entry(voice(candidate)).or_insert(0_u32);
        let kind = &mut kinds[usize::from(is_quotation(candidate))];
        let score = candidate.score - SAME_VOICE * f64::from(*voice) - SAME_KIND * f64::from(*kind);
        ranked.push((is_unattributed(candidate), score, candidate));
        *voice += 1;
        *kind += 1;
    }
    ranked.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    ranked
        .into_iter()
        .map(|(.., candidate)| candidate)
        .collect()
}

fn is_card(candidate: &Candidate) -> bool {
    match &candidate.find {
        Find::Quotation(quotation) => {
            let is_card = !matches!(quotation.kind, QuotationKind::Title | QuotationKind::Scare);
            is_card && !quotation.words.text().trim().is_empty()
        }
        Find::Statistic(statistic) => !statistic.figure.text().trim().is_empty(),
    }
}

fn is_quotation(candidate: &Candidate) -> bool {
    matches!(candidate.find, Find::Quotation(_))
}

/// Whether it is the author's own, which nobody has to be named for.
fn is_sentence(candidate: &Candidate) -> bool {
    matches!(&candidate.find, Find::Quotation(found) if found.kind == QuotationKind::Sentence)
}

fn is_unattributed(candidate: &Candidate) -> bool {
    match &candidate.find {
        Find::Quotation(_) if is_sentence(candidate) => false,
        Find::Quotation(quotation) => quotation.speaker.as_ref().and_then(named).is_none(),
        Find::Statistic(_) => false,
    }
}

/// What makes two candidates the same card.
fn words(candidate: &Candidate) -> (&str, &str) {
    match &candidate.find {
        Find::Quotation(quotation) => (quotation.words.text(), ""),
        Find::Statistic(statistic) => {
            let label = label(statistic).map_or("", Verbatim::text);
            (statistic.figure.text(), label)
        }
    }
}

/// Who speaks on the card. Numbers that the article gives by itself are the voice of nobody.
fn voice(candidate: &Candidate) -> &str {
    let voice = match &candidate.find {
        Find::Quotation(quotation) => quotation.speaker.as_ref().and_then(named),
        Find::Statistic(statistic) => statistic.source.as_ref(),
    };
    voice.map_or("", Verbatim::text)
}

/// The words that name a speaker; a pronoun names nobody.
fn named(speaker: &Speaker) -> Option<&Verbatim> {
    let is_name = |words: &&Verbatim| {
        let words = words.text().trim().to_lowercase();
        !words.is_empty() && !PRONOUNS.contains(&words.as_str())
    };
    let name = speaker.name.as_ref().filter(is_name);
    name.or_else(|| Some(&speaker.mention).filter(is_name))
}

/// The words under the figure; where nothing completes it, the whole claim.
fn label(statistic: &Statistic) -> Option<&Verbatim> {
    let label = statistic.label.as_ref().filter(|label| completes(label));
    let label = label.or(statistic
        .noun
        .as_ref()
        .filter(|_| statistic.label.is_none()));
    label.or_else(|| Some(&statistic.claim).filter(|claim| claim.text() != statistic.figure.text()))
}

/// Whether words go on with the figure; those that begin with "after" or "when" belong to its verb.
fn completes(label: &Verbatim) -> bool {
    let first = label.text().split_whitespace().next().unwrap_or_default();
    !matches!(
        first,
        "after"
            | "before"
            | "when"
            | "while"
            | "because"
            | "in"
            | "on"
            | "at"
            | "by"
            | "to"
            | "from"
            | "since"
            | "over"
            | "during"
            | "within"
            | "and"
            | "but"
            | "as"
            | "than"
            | "with"
            | "through"
            | "under"
    )
}

/// The claim, where it says more than qualifier, figure and label do; where figure and label alone
/// say little, the whole sentence.
fn context<'a>(statistic: &'a Statistic, sentence: &'a Verbatim) -> Option<&'a Verbatim> {
    let parts = [
        statistic.qualifier.as_ref(),
        Some(&statistic.figure),
        label(statistic),
    ];
    let shown: usize = parts.into_iter().flatten().map(word_count).sum();
    let claim = &statistic.claim;
    let is_label = label(statistic).is_some_and(|label| label.text() == claim.text());
    if is_label {
        return None;
    }
    // A single word below the figure leaves most unsaid.
    let more = if label(statistic).map_or(0, word_count) <= 1 {
        3
    } else {
        6
    };
    let says_more =
        |words: &&Verbatim| (shown + more..=LONGEST_CONTEXT).contains(&word_count(words));
    let whole = Some(sentence).filter(|_| more < 6);
    Some(claim).filter(says_more).or(whole.filter(says_more))
}

fn word_count(words: &Verbatim) -> usize {
    words.text().split_whitespace().count()
}

fn card(article: &Article, candidate: &Candidate) -> Card {
    let (kind, found) = match &candidate.find {
        Find::Quotation(quotation) => (Kind::Quote, quotation_fields(quotation)),
        Find::Statistic(statistic) => (
            Kind::Statistic,
            statistic_fields(statistic, &candidate.sentence),
        ),
    };
    let found = found.into_iter();
    let found: Vec<(Field, Verbatim)> = found
        .filter_map(|(field, words)| Some((field, words?)))
        .map(|(field, words)| match field {
            Field::Quote => (field, article.without_lead_out(words)),
            _ => (field, words.clone()),
        })
        .collect();
    let fields = found
        .iter()
        .map(|(field, words)| (*field, words.text().to_owned()));
    let spans = found
        .iter()
        .map(|(field, words)| (*field, words.pieces().to_vec()));
    let reasons = candidate.reasons.iter();
    let lang = article.meta.lang.as_deref();
    Card {
        capitalize: begins_small(&found),
        quoted: !is_sentence(candidate),
        fields: fields.collect(),
        origin: Some(Origin {
            article: article.path.clone(),
            spans: spans.collect(),
            values: compared(candidate, lang)
                .iter()
                .flat_map(|one| [one.figure.outer_span(), one.label.outer_span()])
                .collect(),
        }),
        values: compared(candidate, lang).iter().map(value).collect(),
        score: Some(candidate.score),
        reasons: reasons
            .map(|reason| format!("{} {:+.1}", reason.code, reason.weight))
            .collect(),
        chart: chart(candidate, lang),
        ..Card::new(&candidate_id(candidate), kind)
    }
}

/// How a number is shown, where it is shown as more than itself.
fn chart(candidate: &Candidate, lang: Option<&str>) -> Option<ChartKind> {
    let Find::Statistic(statistic) = &candidate.find else {
        return None;
    };
    let reading = extract::read_in(statistic.figure.text(), lang);
    match statistic.picture {
        Picture::Number => None,
        // What cannot be read back from the figure alone is not drawn.
        Picture::Ratio => reading?.ratio().map(|_| ChartKind::Ratio),
        Picture::Ring => reading?.share().map(|_| ChartKind::Ring),
        Picture::Bars => (!compared(candidate, lang).is_empty()).then_some(ChartKind::Bars),
    }
}

/// The figures that bars show: each a plain number of its own.
fn compared<'a>(candidate: &'a Candidate, lang: Option<&str>) -> &'a [Compared] {
    let Find::Statistic(statistic) = &candidate.find else {
        return &[];
    };
    let number = |one: &Compared| extract::read_in(one.figure.text(), lang)?.number();
    let is_drawn = statistic
        .compared
        .iter()
        .all(|one| number(one).is_some_and(|n| n >= 0.0))
        && statistic
            .compared
            .iter()
            .any(|one| number(one) != Some(0.0));
    if is_drawn { &statistic.compared } else { &[] }
}

fn value(one: &Compared) -> Value {
    Value {
        figure: one.figure.text().to_owned(),
        label: one.label.text().to_owned(),
    }
}

/// Whether a number card begins with a word of its sentence's middle: a qualifier.
fn begins_small(found: &[(Field, Verbatim)]) -> bool {
    let is_small = |words: &Verbatim| words.text().starts_with(char::is_lowercase);
    found
        .iter()
        .any(|(field, words)| *field == Field::Qualifier && is_small(words))
}

fn quotation_fields(quotation: &Quotation) -> Vec<(Field, Option<&Verbatim>)> {
    let words = quotation.words.text();
    let is_once = |phrase: &&Verbatim| words.matches(phrase.text()).count() == 1;
    let name = quotation.speaker.as_ref().and_then(named);
    let role = name.and(quotation.speaker.as_ref());
    vec![
        (Field::Quote, Some(&quotation.words)),
        (Field::Emphasis, quotation.emphasis.as_ref().filter(is_once)),
        (Field::Speaker, name),
        (
            Field::Role,
            role.and_then(|speaker| speaker.role.as_ref())
                .filter(is_short_role),
        ),
    ]
}

/// Whether a description can stand below a name: "director of the clinic", not a story.
fn is_short_role(role: &&Verbatim) -> bool {
    let first = role.text().split_whitespace().next().unwrap_or_default();
    word_count(role) <= LONGEST_ROLE
        && !matches!(first, "who" | "whose" | "der" | "die" | "das" | "qui")
}

fn statistic_fields<'a>(
    statistic: &'a Statistic,
    sentence: &'a Verbatim,
) -> Vec<(Field, Option<&'a Verbatim>)> {
    vec![
        (Field::Qualifier, statistic.qualifier.as_ref()),
        (Field::Figure, Some(&statistic.figure)),
        (Field::Label, label(statistic)),
        (Field::Context, context(statistic, sentence)),
        (Field::Source, statistic.source.as_ref()),
        (Field::Time, statistic.time.as_ref()),
    ]
}

fn candidate_id(candidate: &Candidate) -> String {
    let (words, label) = words(candidate);
    if is_quotation(candidate) {
        return id(words);
    }
    id(&format!("{words} {label}"))
}

#[cfg(test)]
mod tests;
