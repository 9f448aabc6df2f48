//! The phrase that ends before a verb: its subject, with what describes it.

use std::ops::Range;

use super::Phrase;
use super::ahead::without_determiner;
use super::words::{
    BREAKS, LONGEST_NOUN, LONGEST_ROLE, OPENINGS, ends_noun, is_conjunction, is_link, is_name_word,
    is_preposition, is_subject_pronoun,
};
use crate::extract::entities::name_end;
use crate::extract::lexicon;
use crate::extract::tokens::Token;

/// The subject of the verb at a token: the phrase that ends before it.
pub(in crate::extract::attribution) fn ending_before(
    tokens: &[Token<'_>],
    verb: usize,
) -> Option<Phrase> {
    let mut end = verb;
    while end > 0 && tokens[end - 1].is_word && lexicon::is_adverb(tokens[end - 1].text) {
        end -= 1;
    }
    // "he’s said"
    if end > 1 && tokens[end - 1].is("’s") {
        end -= 1;
    }
    let last = tokens.get(end.checked_sub(1)?)?;
    let is_relative = matches!(last.text, "who" | "which")
        || last.is("that") && end > 1 && !ends_noun(&tokens[end - 2]) && tokens[end - 2].is_word;
    // "a swiftly called meeting"
    let is_article = matches!(last.text, "the" | "a" | "an");
    let found = if is_conjunction(last.text) || is_article {
        None
    } else if is_relative {
        relative(tokens, end - 1)
    } else if is_subject_pronoun(last.text) {
        Some(Phrase::new(end - 1..end))
    } else if last.is(",") {
        described_before(tokens, end - 1)
    } else {
        noun_phrase(tokens, end)
    };
    found.map(|found| Phrase { end: verb, ..found })
}

/// "Ana Lund, who": the mention is "who", if it has a name before it.
fn relative(tokens: &[Token<'_>], who: usize) -> Option<Phrase> {
    let end = who - usize::from(who > 0 && tokens[who - 1].is(","));
    let named = name_start(tokens, end).map(|start| Phrase::new(start..end));
    let before = named.or_else(|| noun_phrase(tokens, end))?;
    let is_named = tokens[before.mention.start].is_capital();
    Some(match is_named {
        true => Phrase {
            start: before.start,
            antecedent: Some(before.mention),
            ..Phrase::new(who..who + 1).with_role(before.role)
        },
        false => Phrase {
            start: before.start,
            ..Phrase::new(before.mention.start..who + 1)
        },
    })
}

/// Where the name that ends here starts.
fn name_start(tokens: &[Token<'_>], end: usize) -> Option<usize> {
    let from = end.saturating_sub(8);
    (from..end).find(|&start| {
        let is_start = start == 0 || !is_name_word(tokens, start - 1);
        is_start && name_end(tokens, start) == Some(end)
    })
}

/// "Ana Lund, 32, director of the clinic," before a verb; "the director, Ana Lund,".
fn described_before(tokens: &[Token<'_>], comma: usize) -> Option<Phrase> {
    let mut close = comma;
    let mut role = None;
    for _ in 0..4 {
        let from = close.saturating_sub(LONGEST_ROLE + 8);
        let open = (from..close)
            .rev()
            .find(|&at| !is_inside(tokens, at))
            .filter(|&at| tokens[at].is(","))?;
        let inner = open + 1..close;
        if name_end(tokens, inner.start) == Some(inner.end)
            && let Some(noun) = noun_phrase(tokens, open)
            && !tokens[noun.mention.end - 1].is_capital()
        {
            return Some(Phrase {
                start: noun.start,
                ..Phrase::new(inner).with_role(Some(noun.mention))
            });
        }
        // "…, Ana Lund, said": the comma before the verb is a slip.
        if inner.len() > 1 && name_end(tokens, inner.start) == Some(inner.end) {
            return Some(Phrase::new(inner));
        }
        if !is_aside(tokens, inner.start) {
            return None;
        }
        role = role.or_else(|| is_role(tokens, inner.start).then_some(inner));
        if let Some(found) = noun_phrase(tokens, open) {
            let role = found.role.clone().or(role);
            return Some(found.with_role(role));
        }
        close = open;
    }
    None
}

/// Whether a token does not end a stretch between commas.
fn is_inside(tokens: &[Token<'_>], at: usize) -> bool {
    let token = &tokens[at];
    let is_stop = token.is(".") && at > 0 && tokens[at - 1].range.end == token.range.start;
    token.is_word || token.is("’s") || is_stop || matches!(token.text, "&" | "/" | "’" | "'" | "#")
}

/// Whether what starts here, after a comma, may describe who was named before it.
pub(in crate::extract::attribution) fn is_aside(tokens: &[Token<'_>], start: usize) -> bool {
    let Some(first) = tokens.get(start) else {
        return false;
    };
    let text = first.text;
    let is_other_clause =
        matches!(text, "and" | "but" | "or" | "so" | "then" | "that") || is_subject_pronoun(text);
    let is_state = text.len() <= 9 && text.contains('-') && text.starts_with(['R', 'D', 'I']);
    let has_link = tokens[start..]
        .iter()
        .take_while(|token| !token.is(","))
        .any(|token| is_link(token.text));
    !is_other_clause
        && (text.starts_with(char::is_lowercase)
            || text.starts_with(|c: char| c.is_ascii_digit())
            || lexicon::is_determiner(text)
            || lexicon::is_title(text)
            || is_state
            || has_link)
}

/// Whether the aside that starts here is what somebody is.
fn is_role(tokens: &[Token<'_>], start: usize) -> bool {
    let text = tokens[start].text;
    !(is_preposition(text)
        || matches!(text, "who" | "which" | "whose" | "however" | "too" | "of")
        || text.ends_with("ing")
        || text.starts_with(|c: char| c.is_ascii_digit()))
}

/// The noun phrase that ends at a token, as the subject of a clause: "a spokeswoman for the
/// ministry", "Ana Lund on Tuesday", "clinic director Ana Lund".
fn noun_phrase(tokens: &[Token<'_>], end: usize) -> Option<Phrase> {
    let from = end.saturating_sub(LONGEST_NOUN + 5);
    let clause = (from..end)
        .rev()
        .find(|&at| breaks_noun(tokens, at))
        .map_or(from, |at| at + 1);
    let mut start = (clause..end).find(|&at| tokens[at].is_word)?;
    // "to discuss strategy": no subject.
    if clause > 0 && tokens[clause - 1].is("to") {
        return None;
    }
    while start < end
        && (lexicon::is_adverb(tokens[start].text) || is_conjunction(tokens[start].text))
    {
        start += 1;
    }
    if is_preposition(
        &tokens
            .get(start)
            .filter(|_| start < end)?
            .text
            .to_lowercase(),
    ) {
        // "On Tuesday the council": the subject is the last phrase.
        start = (start + 1..end).rev().find(|&at| {
            lexicon::is_determiner(tokens[at].text)
                || name_end(tokens, at).is_some()
                    && !is_name_word(tokens, at - 1)
                    && !lexicon::is_determiner(tokens[at - 1].text)
        })?;
        if is_preposition(&tokens[start - 1].text.to_lowercase()) || tokens[start - 1].is("of") {
            return None;
        }
    }
    subject_in(tokens, start, end)
}

/// Whether the token cannot stand inside the subject of a clause.
fn breaks_noun(tokens: &[Token<'_>], at: usize) -> bool {
    let token = &tokens[at];
    if !token.is_word {
        return !is_inside(tokens, at);
    }
    let word = token.text;
    let is_lower = word.starts_with(char::is_lowercase);
    is_subject_pronoun(word)
        || is_lower
            && (lexicon::is_saying(word)
                || word == "to" && !leads_to_noun(tokens, at + 1)
                || BREAKS.contains(&word))
        || !is_lower && OPENINGS.contains(&word)
}

/// Whether a determiner or a name stands here: the "to" before it is no infinitive's.
fn leads_to_noun(tokens: &[Token<'_>], at: usize) -> bool {
    tokens
        .get(at)
        .is_some_and(|next| lexicon::is_determiner(next.text) || next.is_capital())
}

/// The subject between two tokens: its name, with the words around it as the role.
fn subject_in(tokens: &[Token<'_>], start: usize, end: usize) -> Option<Phrase> {
    let tail = (start..end).find(|&at| {
        at > start
            && is_preposition(tokens[at].text)
            && !(lexicon::is_determiner(tokens[start].text) && is_link(tokens[at].text))
    });
    // "Ana Lund in a statement": the phrase ends before the preposition.
    let stop = tail.unwrap_or(end);
    let mut at = start;
    while at < stop {
        let behind = at > start && is_link(tokens[at - 1].text);
        let behind = behind
            || at > start + 1
                && is_link(tokens[at - 2].text)
                && lexicon::is_determiner(tokens[at - 1].text);
        let Some(name) = name_end(tokens, at).filter(|_| !behind) else {
            at += 1;
            continue;
        };
        if tokens.get(name).is_some_and(|next| next.is("’s")) && name < stop {
            at = name + 1;
            continue;
        }
        let name = name.min(end);
        if name == stop {
            return Some(named(tokens, start, at..name));
        }
        let is_linked = is_link(tokens[name].text);
        let rest = (is_linked && tail.is_none()).then_some(name..end);
        if is_linked
            || name + 2 >= stop && tokens[name].is_word && tokens[name].text.ends_with("day")
        {
            let phrase = named(tokens, start, at..name);
            let role = phrase.role.clone().or(rest);
            return Some(phrase.with_role(role));
        }
        at = name;
    }
    // Without an article only the many speak: "protesters", "police".
    let is_phrase = lexicon::is_determiner(tokens[start].text)
        || tokens[start].is_capital()
        || matches!(tokens[stop.max(start + 1) - 1].text, "police" | "people")
        || tokens[stop.max(start + 1) - 1].text.ends_with('s');
    (stop > start && is_phrase).then(|| Phrase::new(start..stop))
}

/// A name with what stands before it in its phrase.
fn named(tokens: &[Token<'_>], start: usize, name: Range<usize>) -> Phrase {
    let role = without_determiner(tokens, start..name.start);
    let is_role = !role.is_empty()
        && tokens[role.clone()]
            .iter()
            .all(|token| token.is_word || token.is("’s"));
    Phrase {
        start,
        ..Phrase::new(name).with_role(is_role.then_some(role))
    }
}
