//! What numbers are made of in German, French, Spanish, Portuguese, Italian and Dutch.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::extract::language::Language;
use crate::extract::numbers::lexicon::Class;
use crate::extract::units;

/// What a word may be, and what it amounts to; 0 for words that are no numbers.
pub(super) type Entry = (Class, f64);

/// The words of a language.
struct Words {
    language: Language,
    /// `one` to `nineteen`, in order from 1; forms of the same number are joined by `/`.
    ones: &'static str,
    /// Scale words with what they multiply by.
    scales: &'static [(f64, &'static str)],
    /// Nouns of parts: halves, thirds, quarters, fifths, tenths.
    parts: &'static [(f64, &'static str)],
    /// "every fourth", without its ending.
    every: &'static [(f64, &'static str)],
    months: &'static str,
    days: &'static str,
    spans: &'static str,
    measures: &'static str,
    people: &'static str,
    says: &'static str,
    offices: &'static str,
    /// Small words that no noun phrase begins with.
    stops: &'static str,
}

const WORDS: &[Words] = &[
    Words {
        language: Language::German,
        ones: "ein/eine/einer/eines/eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
        scales: &[
            (1e2, "hundert"),
            (1e3, "tausend"),
            (1e6, "million millionen mio"),
            (1e9, "milliarde milliarden mrd"),
            (1e12, "billion billionen"),
        ],
        parts: &[
            (2.0, "hälfte"),
            (3.0, "drittel"),
            (4.0, "viertel"),
            (5.0, "fünftel"),
            (10.0, "zehntel"),
        ],
        every: &[
            (2.0, "zweite"),
            (3.0, "dritte"),
            (4.0, "vierte"),
            (5.0, "fünfte"),
            (6.0, "sechste"),
            (7.0, "siebte"),
            (8.0, "achte"),
            (9.0, "neunte"),
            (10.0, "zehnte"),
            (20.0, "zwanzigste"),
            (100.0, "hundertste"),
        ],
        months: "januar jänner februar märz april mai juni juli august september oktober november dezember",
        days: "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag heute gestern morgen",
        spans: "sekunde sekunden minute minuten stunde stunden tag tage tagen woche wochen monat monate \
            monaten jahr jahre jahren jahrzehnt jahrzehnte jahrzehnten jahrhundert jahrhunderte",
        measures: "kilometer kilometern meter metern zentimeter millimeter quadratmeter quadratmetern \
            quadratkilometer kubikmeter hektar liter litern kilogramm kilo gramm tonne tonnen grad \
            kilowattstunden megawattstunden kilowatt megawatt",
        people: "menschen personen leute frauen männer kinder kindern familien haushalte schüler \
            schülerinnen studenten studierende beschäftigte beschäftigten arbeiter arbeitnehmer \
            patienten patientinnen bewohner einwohner flüchtlinge opfer tote jugendliche erwachsene \
            rentner lehrer lehrerinnen ärzte pflegekräfte fachkräfte bürger wähler mitglieder arbeitsplätze",
        says: "sagt sagte sagten meldet meldete schätzt schätzte berichtet berichtete erklärt erklärte zeigt",
        offices: "gemeinde ministerium behörde amt verein verband stadt polizei universität institut \
            stiftung landkreis bezirk regierung bundesamt",
        stops: "der die das dem den des und oder aber ist sind war waren wird werden wurde wurden hat \
            haben hatte hatten in im an am auf aus bei mit nach seit von vom vor zu zum zur für über \
            unter um durch gegen ohne bis als wie dass weil wenn so nur auch noch mehr weniger davon \
            nicht kein keine er sie es wir ihr ich man sich",
    },
    Words {
        language: Language::French,
        ones: "un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
        scales: &[
            (1e2, "cent cents"),
            (1e3, "mille"),
            (1e6, "million millions"),
            (1e9, "milliard milliards"),
        ],
        parts: &[
            (2.0, "moitié"),
            (3.0, "tiers"),
            (4.0, "quart quarts"),
            (5.0, "cinquième cinquièmes"),
            (10.0, "dixième dixièmes"),
        ],
        every: &[],
        months: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        days: "lundi mardi mercredi jeudi vendredi samedi dimanche hier demain",
        spans: "seconde secondes minute minutes heure heures jour jours semaine semaines mois an ans \
            année années décennie décennies siècle siècles",
        measures: "kilomètre kilomètres mètre mètres centimètre centimètres hectare hectares litre litres \
            kilo kilos kilogramme kilogrammes gramme grammes tonne tonnes degré degrés mégawatts",
        people: "personnes gens femmes hommes enfants familles ménages élèves étudiants habitants salariés \
            travailleurs patients malades réfugiés victimes morts jeunes adultes retraités enseignants \
            médecins infirmières citoyens électeurs membres emplois naissances lecteurs",
        says: "indique estime affirme annonce rapporte signale précise déclare",
        offices: "mairie ministère préfecture gouvernement commune police université institut fondation \
            association département région conseil agence",
        stops: "le la les un une des du de et ou mais est sont était a ont avait en dans sur sous avec pour \
            par depuis pendant avant après entre vers chez sans que qui dont où ne pas plus moins très il \
            elle ils elles on nous vous je ce cet cette ces au aux se y selon",
    },
    Words {
        language: Language::Spanish,
        ones: "un/uno/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince",
        scales: &[
            (1e2, "cien ciento"),
            (1e3, "mil"),
            (1e6, "millón millones"),
            (1e12, "billón billones"),
        ],
        parts: &[
            (2.0, "mitad"),
            (3.0, "tercio tercios"),
            (4.0, "cuarto cuartos"),
            (5.0, "quinto quintos"),
        ],
        every: &[],
        months: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        days: "lunes martes miércoles jueves viernes sábado domingo ayer hoy mañana",
        spans: "segundo segundos minuto minutos hora horas día días semana semanas mes meses año años \
            década décadas siglo siglos",
        measures: "kilómetro kilómetros metro metros centímetros hectárea hectáreas litro litros kilo kilos \
            kilogramos gramos tonelada toneladas grado grados",
        people: "personas gente mujeres hombres niños niñas familias hogares alumnos alumnas estudiantes \
            habitantes vecinos vecinas trabajadores trabajadoras empleados pacientes enfermos refugiados \
            víctimas muertos jóvenes adultos jubilados maestros médicos ciudadanos votantes miembros empleos",
        says: "informó informa señaló señala estima calcula anunció anuncia indicó indica afirma",
        offices: "ayuntamiento ministerio gobierno alcaldía policía universidad instituto fundación \
            asociación región hospital consejo agencia",
        stops: "el la los las un una unos unas del de al y o pero es son era fue ha han había en con sin por \
            para desde hasta entre sobre tras según que quien cuyo donde no más menos muy se su sus lo les \
            él ella ellos nosotros yo este esta estos estas a",
    },
    Words {
        language: Language::Portuguese,
        ones: "um/uma dois/duas três quatro cinco seis sete oito nove dez onze doze treze catorze quinze",
        scales: &[
            (1e2, "cem cento"),
            (1e3, "mil"),
            (1e6, "milhão milhões"),
            (1e9, "bilhão bilhões"),
        ],
        parts: &[
            (2.0, "metade"),
            (3.0, "terço terços"),
            (4.0, "quarto quartos"),
            (5.0, "quinto quintos"),
        ],
        every: &[],
        months: "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        days: "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo ontem hoje amanhã",
        spans: "segundo segundos minuto minutos hora horas dia dias semana semanas mês meses ano anos \
            década décadas século séculos",
        measures: "quilómetro quilómetros quilômetro quilômetros metro metros hectare hectares litro litros \
            quilo quilos quilogramas gramas tonelada toneladas grau graus",
        people: "pessoas gente mulheres homens crianças famílias lares alunos alunas estudantes habitantes \
            moradores trabalhadores empregados pacientes doentes refugiados vítimas mortos jovens adultos \
            professores médicos cidadãos eleitores membros empregos",
        says: "informou informa estima calcula anunciou anuncia indicou indica afirma",
        offices: "câmara ministério governo prefeitura junta polícia universidade instituto fundação \
            associação região hospital conselho agência",
        stops: "o a os as um uma uns umas do da dos das de no na nos nas ao à e ou mas é são era foi tem têm \
            em com sem por para desde até entre sobre segundo que quem cujo onde não mais menos muito se seu \
            sua ele ela eles nós eu este esta estes ali",
    },
    Words {
        language: Language::Italian,
        ones: "un/uno/una due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici",
        scales: &[
            (1e2, "cento"),
            (1e3, "mille mila"),
            (1e6, "milione milioni mln"),
            (1e9, "miliardo miliardi mld"),
        ],
        parts: &[
            (2.0, "metà"),
            (3.0, "terzo terzi"),
            (4.0, "quarto quarti"),
            (5.0, "quinto quinti"),
        ],
        every: &[],
        months: "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        days: "lunedì martedì mercoledì giovedì venerdì sabato domenica ieri oggi domani",
        spans: "secondo secondi minuto minuti ora ore giorno giorni settimana settimane mese mesi anno anni \
            decennio decenni secolo secoli",
        measures: "chilometro chilometri metro metri centimetri ettaro ettari litro litri chilo chili \
            chilogrammi grammi tonnellata tonnellate grado gradi",
        people: "persone gente donne uomini bambini bambine famiglie alunni studenti abitanti residenti \
            lavoratori lavoratrici dipendenti pazienti malati rifugiati vittime morti giovani adulti \
            insegnanti medici cittadini elettori membri soci posti",
        says: "informa stima calcola annuncia riferisce comunica afferma",
        offices: "comune ministero governo regione provincia polizia università istituto fondazione \
            associazione ospedale consiglio agenzia",
        stops: "il lo la i gli le un uno una del dello della dei degli delle di al allo alla ai agli alle e o \
            ma è sono era ha hanno aveva in nel nella nei con senza per da dal dalla tra fra su sul sulla \
            che chi cui dove non più meno molto si suo sua lui lei noi io questo questa stato",
    },
    Words {
        language: Language::Dutch,
        ones: "een/één twee drie vier vijf zes zeven acht negen tien elf twaalf",
        scales: &[
            (1e2, "honderd"),
            (1e3, "duizend"),
            (1e6, "miljoen"),
            (1e9, "miljard"),
            (1e12, "biljoen"),
        ],
        parts: &[
            (2.0, "helft"),
            (3.0, "derde"),
            (4.0, "kwart"),
            (5.0, "vijfde"),
            (10.0, "tiende"),
        ],
        every: &[],
        months: "januari februari maart april mei juni juli augustus september oktober november december",
        days: "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag gisteren vandaag morgen",
        spans: "seconde seconden minuut minuten uur uren dag dagen week weken maand maanden jaar jaren \
            decennium decennia eeuw eeuwen",
        measures: "kilometer kilometers meter meters centimeter hectare hectaren liter liters kilo kilogram \
            gram ton graden",
        people: "mensen personen vrouwen mannen kinderen gezinnen huishoudens leerlingen studenten inwoners \
            bewoners werknemers medewerkers patiënten vluchtelingen slachtoffers doden jongeren volwassenen \
            leraren artsen burgers kiezers leden banen fietsers",
        says: "meldt schat berekende meldde zegt",
        offices: "gemeente ministerie regering provincie politie universiteit instituut stichting vereniging \
            ziekenhuis raad",
        stops: "de het een en of maar is zijn was waren wordt worden werd werden heeft hebben had in op aan \
            met zonder voor van vanaf sinds tot tussen over onder na bij door tegen volgens dat die wie waar \
            niet meer minder zeer zich hij zij ze we wij ik dit deze er",
    },
];

/// What a number names, in all of them.
const LABELS: &str = "seite kapitel artikel linie nummer paragraf page chapitre article ligne numéro página \
    capítulo artículo línea número artigo linha pagina capitolo articolo linea numero hoofdstuk lijn";

static LEXICONS: LazyLock<Vec<(Language, HashMap<&'static str, Entry>)>> = LazyLock::new(|| {
    let lexicon = |words: &Words| (words.language, words.lexicon());
    WORDS.iter().map(lexicon).collect()
});

/// The words of a language; `None` for English and those that are read as English.
pub(super) fn lexicon(language: Language) -> Option<&'static HashMap<&'static str, Entry>> {
    let mut lexicons = LEXICONS.iter();
    let found = lexicons.find(|(known, _)| *known == language)?;
    Some(&found.1)
}

/// How many equal parts a word of a language divides into: 3 for a third.
pub(super) fn parts(language: Language, word: &str) -> Option<f64> {
    let words = WORDS.iter().find(|words| words.language == language)?;
    of_list(words.parts, &word.to_lowercase())
}

/// Which one of a row: 4 for "jede vierte".
pub(super) fn every(language: Language, word: &str) -> Option<f64> {
    let words = WORDS.iter().find(|words| words.language == language)?;
    let word = word.to_lowercase();
    of_list(words.every, word.trim_end_matches(['r', 's', 'n', 'm']))
}

fn of_list(list: &[(f64, &str)], word: &str) -> Option<f64> {
    let has = |words: &str| words.split_ascii_whitespace().any(|known| known == word);
    let found = list.iter().find(|(_, words)| has(words))?;
    Some(found.0)
}

impl Words {
    fn lexicon(&self) -> HashMap<&'static str, Entry> {
        let mut lexicon: HashMap<&'static str, Entry> = HashMap::new();
        let mut add = |word: &'static str, class: Class, value: f64| {
            let entry = lexicon.entry(word).or_insert((Class::NONE, 0.0));
            *entry = (entry.0.with(class), entry.1.max(value));
        };
        for (word, class) in units::first_words().filter(|(word, _)| is_shared(word)) {
            add(word, class, 0.0);
        }
        for sign in ["-", "–", "—", "‑", "−", "‐"] {
            add(sign, Class::DASH, 0.0);
        }
        for word in ["%", "prozent", "procent"] {
            add(word, Class::PERCENT, 0.0);
        }
        for word in ["pro", "par", "por", "per"] {
            add(word, Class::RATE, 0.0);
        }
        for word in LABELS.split_ascii_whitespace() {
            add(word, Class::LABEL, 0.0);
        }
        for (number, forms) in (1..).zip(self.ones.split_ascii_whitespace()) {
            for form in forms.split('/') {
                add(form, Class::ONES, f64::from(number));
            }
        }
        for (scale, words) in self.scales {
            for word in words.split_ascii_whitespace() {
                add(word, Class::SCALE, *scale);
            }
        }
        for (_, words) in self.parts {
            for word in words.split_ascii_whitespace() {
                add(word, Class::PART, 0.0);
            }
        }
        let lists = [
            (self.months, Class::MONTH),
            (self.days, Class::WEEKDAY),
            (self.spans, Class::SPAN),
            (self.measures, Class::MEASURE),
            (self.people, Class::HUMAN),
            (self.says, Class::SAYS),
            (self.offices, Class::OFFICE),
            (self.stops, Class::STOP),
        ];
        for (words, class) in lists {
            for word in words.split_ascii_whitespace() {
                add(word, class, 0.0);
            }
        }
        lexicon
    }
}

/// Whether a unit is written so in every language: a sign, or letters without an English word.
fn is_shared(name: &str) -> bool {
    const SHARED: &[&str] = &[
        "km", "cm", "mm", "kg", "mg", "ha", "m²", "m2", "km²", "km2", "km/h", "kwh", "mwh", "gwh",
        "kw", "mw", "gw", "l", "ml", "g", "m", "t", "eur", "euro", "euros", "usd", "dollar",
        "dollars", "chf", "gbp",
    ];
    name.chars().all(|c| !c.is_alphabetic()) || SHARED.contains(&name)
}
