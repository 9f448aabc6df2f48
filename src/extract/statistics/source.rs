//! Finds who a number comes from: "according to X", "X found that", "X said", "(Source: X)".

use super::clause::without_marks;
use crate::article::{Block, Verbatim};
use crate::extract::language::Language;
use crate::extract::numbers::lexicon::Class;
use crate::extract::numbers::tokens::Tokens;
use crate::extract::sentences;
use std::ops::Range;

/// Who says so, and what is left of the sentence without saying who.
pub(super) struct Credit {
    /// The tokens that name the source.
    pub(super) source: Option<Range<usize>>,
    /// The rest of the sentence; the figure stands in it.
    pub(super) rest: Range<usize>,
}

/// Words a source may have.
const LONGEST: usize = 16;

/// Looks for one way of naming a source, in a sentence, for a figure.
type Rule = fn(&Tokens, &Range<usize>, &Range<usize>) -> Option<Credit>;

/// Finds the source of a figure in its sentence. The first rule that matches decides.
pub(super) fn find(tokens: &Tokens, sentence: Range<usize>, figure: &Range<usize>) -> Credit {
    const RULES: &[Rule] = &[
        according_to,
        according_abroad,
        source_note,
        said_behind,
        found_before,
    ];
    RULES
        .iter()
        .find_map(|rule| rule(tokens, &sentence, figure))
        .unwrap_or(Credit {
            source: None,
            rest: sentence,
        })
}

/// The study that a sentence reports, by name: "A survey by the Harbour Trust found …".
///
/// What follows gives its figures. Who merely said something may have said no more.
pub(super) fn of_study(tokens: &Tokens, sentence: Range<usize>) -> Option<Range<usize>> {
    let end = sentence.end..sentence.end;
    let source = find(tokens, sentence, &end).source?;
    let is_study = source.clone().any(|at| tokens.is(at, Class::STUDY));
    let mut behind = source.start + 1..source.end;
    let is_named = behind.any(|at| tokens.is(at, Class::CAPITAL));
    (is_study && is_named).then_some(source)
}

/// The source that a note names: "Source: County Health Survey, 2030."
///
/// `None` for a remark: what has a verb, or opens like one.
pub(super) fn noted(note: &Block, language: Language) -> Option<Verbatim> {
    const REMARKS: [&str; 12] = [
        "including",
        "includes",
        "excluding",
        "excludes",
        "based",
        "not",
        "only",
        "all",
        "as",
        "in",
        "for",
        "with",
    ];
    let sentence = sentences::split(&note.text).into_iter().next()?;
    let tokens = Tokens::spoken(&note.text[..sentence.end], language);
    let mut range = without_marks(&tokens, 0..tokens.within(sentence).end);
    let is_headed = |words: [&str; 2]| words.iter().any(|word| tokens.reads(range.start, word));
    if is_headed(["source", "sources"]) && tokens.reads(range.start + 1, ":") {
        range.start += 2;
    } else if is_headed(["see", "cf"]) {
        range.start += 1;
    }
    let is_remark = REMARKS.iter().any(|word| tokens.reads(range.start, word))
        || range
            .clone()
            .any(|at| tokens.is(at, Class::SAYS) && !tokens.is(at, Class::STUDY));
    (!range.is_empty() && !is_remark && is_somebody(&tokens, &range))
        .then(|| note.verbatim(tokens.bytes(range)))
}

fn credit(source: Range<usize>, rest: Range<usize>) -> Option<Credit> {
    let is_short = !source.is_empty() && source.len() <= LONGEST;
    is_short.then_some(Credit {
        source: Some(source),
        rest,
    })
}

/// `According to X, …` and `…, according to X`.
fn according_to(tokens: &Tokens, sentence: &Range<usize>, figure: &Range<usize>) -> Option<Credit> {
    let opens = |i: &usize| tokens.reads(*i, "according") && tokens.reads(*i + 1, "to");
    let at = sentence.clone().find(opens)?;
    let source = at + 2..phrase_end(tokens, at + 2, sentence.end);
    if at == sentence.start || tokens.reads(at - 1, "and") || tokens.reads(at - 1, "but") {
        let is_before = source.end < figure.start && tokens.reads(source.end, ",");
        return is_before.then(|| credit(source.clone(), source.end + 1..sentence.end))?;
    }
    let comma = if tokens.reads(at - 1, ",") {
        at - 1
    } else {
        at
    };
    let rest = if figure.end <= comma {
        sentence.start..comma
    } else {
        sentence.clone()
    };
    (!source.contains(&figure.start)).then(|| credit(source, rest))?
}

/// `Laut X …`, `Selon X, …`, `…, según X`.
fn according_abroad(
    tokens: &Tokens,
    sentence: &Range<usize>,
    figure: &Range<usize>,
) -> Option<Credit> {
    const OPENERS: [&str; 6] = ["laut", "selon", "según", "segundo", "secondo", "volgens"];
    tokens.abroad()?;
    let opens = |at: &usize| OPENERS.iter().any(|word| tokens.reads(*at, word));
    let at = sentence.clone().find(opens)?;
    let comma = phrase_end(tokens, at + 1, sentence.end);
    let is_set_off = tokens.reads(comma, ",") && comma - at <= LONGEST;
    let end = match is_set_off || comma == sentence.end && at > figure.end {
        true => comma,
        // The verb follows without a comma: "Laut dem Verein kamen 40 Kinder".
        false => name_end_abroad(tokens, at + 1).min(sentence.end),
    };
    let source = at + 1..end;
    let rest = match at == sentence.start {
        true if is_set_off => comma + 1..sentence.end,
        true => sentence.clone(),
        false if figure.end <= at => sentence.start..at - usize::from(tokens.reads(at - 1, ",")),
        false => sentence.clone(),
    };
    let is_outside = !source.contains(&figure.start);
    is_outside.then(|| credit(source, rest))?
}

/// Where somebody's name ends in a language without a list of its verbs: an article, a noun, and the
/// names and genitives behind it.
fn name_end_abroad(tokens: &Tokens, at: usize) -> usize {
    const TIES: [&str; 14] = [
        "de", "del", "della", "des", "du", "d’", "d'", "di", "do", "da", "dos", "van", "von", "für",
    ];
    let is_german = tokens.abroad() == Some(Language::German);
    let mut end = at + usize::from(tokens.is(at, Class::STOP));
    // German writes its nouns large: adjectives before them belong to the name.
    while is_german
        && end < at + 3
        && tokens.is(end, Class::WORD)
        && !tokens.is(end, Class::CAPITAL)
    {
        end += 1;
    }
    end += 1;
    loop {
        let is_tied = TIES.iter().any(|word| tokens.reads(end, word));
        if tokens.is(end, Class::CAPITAL) {
            end += 1;
        } else if is_tied && tokens.is(end + 1, Class::WORD) {
            end += 2 + usize::from(tokens.is(end + 1, Class::STOP));
        } else {
            return end;
        }
    }
}

/// The end of a name: the next comma, bracket or clause.
fn phrase_end(tokens: &Tokens, at: usize, end: usize) -> usize {
    (at..end)
        .find(|i| {
            let is_mark = matches!(tokens.word(*i), "," | ";" | ":" | "(" | ")" | "." | "”");
            let is_dash = tokens.is(*i, Class::DASH) && !tokens.is_glued(*i);
            is_mark || is_dash || is_clause(tokens, *i)
        })
        .unwrap_or(end)
}

/// Whether the word opens a clause of its own, so that a name ends before it.
fn is_clause(tokens: &Tokens, at: usize) -> bool {
    const OPENERS: [&str; 7] = [
        "which", "who", "while", "because", "whose", "although", "released",
    ];
    // In lower case only: WHO is an organisation.
    OPENERS.contains(&tokens.word(at))
}

/// `(Source: X)`.
fn source_note(tokens: &Tokens, sentence: &Range<usize>, figure: &Range<usize>) -> Option<Credit> {
    let opens = |i: &usize| {
        (tokens.reads(*i, "source") || tokens.reads(*i, "sources")) && tokens.reads(*i + 1, ":")
    };
    let at = sentence
        .clone()
        .find(opens)
        .filter(|at| *at >= figure.end)?;
    let source = at + 2..phrase_end(tokens, at + 2, sentence.end);
    let has_bracket = tokens.reads(at - 1, "(");
    credit(source, sentence.start..at - usize::from(has_bracket))
}

/// `…, X said` and `…, said X`, at the end of the sentence.
fn said_behind(tokens: &Tokens, sentence: &Range<usize>, figure: &Range<usize>) -> Option<Credit> {
    let comma = (figure.end..sentence.end)
        .rev()
        .find(|i| tokens.reads(*i, ",") && is_credit(tokens, *i + 1, sentence.end))?;
    let verb = (comma + 1..sentence.end).find(|i| tokens.is(*i, Class::SAYS))?;
    let source = if verb == comma + 1 && tokens.abroad().is_some() {
        verb + 1..name_end_abroad(tokens, verb + 1).min(sentence.end)
    } else if verb == comma + 1 {
        verb + 1..phrase_end(tokens, verb + 1, sentence.end)
    } else {
        comma + 1..verb
    };
    (is_somebody(tokens, &source) || is_the_one(tokens, &source))
        .then(|| credit(source, sentence.start..comma))?
}

/// "the operator", "the town council": somebody without a name, whom the article knows.
fn is_the_one(tokens: &Tokens, range: &Range<usize>) -> bool {
    let mut nouns = range.start + 1..range.end;
    let other = Class::PRONOUN
        .with(Class::AUXILIARY)
        .with(Class::NUMBER)
        .with(Class::LINK)
        .with(Class::STOP);
    tokens.reads(range.start, "the")
        && (1..=3).contains(&nouns.len())
        && nouns.all(|at| tokens.is(at, Class::WORD) && !tokens.is(at, other))
}

/// Whether a verb of saying and a name are all that stands from here to the next comma.
fn is_credit(tokens: &Tokens, at: usize, end: usize) -> bool {
    let verb = (at..end).find(|i| tokens.is(*i, Class::SAYS));
    verb.is_some_and(|verb| {
        let has_no_figure =
            !(at..verb).any(|i| tokens.is(i, Class::NUMBER) || tokens.reads(i, ","));
        let is_saying = tokens.abroad().is_some()
            || [
                "said",
                "says",
                "say",
                "reported",
                "reports",
                "found",
                "estimates",
                "estimated",
                "showed",
            ]
            .iter()
            .any(|word| tokens.reads(verb, word));
        // "…, the trust says, and …"
        let is_last = end - verb <= 5 || verb == at || tokens.reads(verb + 1, ",");
        has_no_figure
            && is_saying
            && is_last
            && !is_clause(tokens, at)
            && !tokens.is(at, Class::LINK)
    })
}

/// `X found that …`, `X's data show …`, `a study by X estimates …`.
fn found_before(tokens: &Tokens, sentence: &Range<usize>, figure: &Range<usize>) -> Option<Credit> {
    let before = sentence.start..figure.start;
    let verb = before.clone().find(|i| {
        let has_subject = *i > sentence.start + usize::from(tokens.reads(sentence.start, "the"));
        tokens.is(*i, Class::SAYS) && has_subject && is_verb_here(tokens, *i)
    })?;
    let source = subject(tokens, sentence.start..verb)?;
    let that = if tokens.reads(verb + 1, "that") {
        verb + 2
    } else {
        verb + 1
    };
    // "The ministry reported 300 cases": the verb belongs to the claim.
    let is_object = that == verb + 1 && that >= object_start(tokens, figure.start);
    let rest = if is_object { sentence.start } else { that };
    credit(source, rest..sentence.end)
}

/// Where a figure begins with the words that qualify it.
fn object_start(tokens: &Tokens, figure: usize) -> usize {
    (figure.saturating_sub(4)..figure)
        .find(|i| (*i..figure).all(|i| tokens.is(i, Class::QUALIFIES)))
        .unwrap_or(figure)
}

/// Nouns are spelt like verbs: "the report", "figures show".
fn is_verb_here(tokens: &Tokens, at: usize) -> bool {
    const DETERMINERS: &[&str] = &[
        "the", "a", "an", "its", "their", "new", "to", "of", "latest", "this", "by", "from",
        "annual", "recent", "not", "have", "been", "was", "were", "is", "are", "be",
    ];
    let is_noun = at > 0 && DETERMINERS.iter().any(|word| tokens.reads(at - 1, word));
    let is_compound = tokens.is(at, Class::STUDY) && tokens.is(at + 1, Class::SAYS);
    !is_noun && !is_compound
}

/// The subject of a verb of saying, from the last comma pair or the start.
fn subject(tokens: &Tokens, before: Range<usize>) -> Option<Range<usize>> {
    let comma = before.clone().find(|i| tokens.reads(*i, ","));
    let named = match comma {
        // "Last week, the council said": a phrase before the subject.
        Some(comma)
            if !before
                .clone()
                .skip_while(|i| *i <= comma)
                .any(|i| tokens.reads(i, ",")) =>
        {
            comma + 1..before.end
        }
        // "Jane Doe, a nurse, said": the name before its apposition.
        Some(comma) if comma + 2 < before.end => before.start..comma,
        Some(_) => return None,
        None => before.start..before.end,
    };
    is_somebody(tokens, &named).then_some(named)
}

/// A name or a piece of research, not a pronoun or a clause.
fn is_somebody(tokens: &Tokens, range: &Range<usize>) -> bool {
    let has_name = range.clone().any(|i| {
        let word = tokens.word(i);
        let is_acronym = word.len() > 1 && word.chars().all(char::is_uppercase);
        let opens = i == range.start && tokens.is(i, Class::STOP) && !is_acronym;
        let names = Class::STUDY.with(Class::HUMAN).with(Class::OFFICE);
        tokens.is(i, names) || tokens.is(i, Class::CAPITAL) && !opens
    });
    let is_pronoun = range.len() == 1 && tokens.is(range.start, Class::PRONOUN);
    let is_clause = range
        .clone()
        .any(|i| tokens.is(i, Class::AUXILIARY) || is_clause(tokens, i));
    has_name && !is_pronoun && !is_clause && range.len() <= LONGEST
}
