//! Words that say who speaks: verbs and nouns of saying, pronouns, titles.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Forms of verbs that introduce somebody's words and take a name on either side.
const SAYING: &str = "said says say saying told tells tell telling asked asks ask asking added adds add adding wrote writes write \
writing explained explains explain explaining noted notes noting argued argues argue arguing claimed claims \
claim claiming insisted insists insist insisting replied replies reply replying answered answers responded \
responds responding recalled recalls recall recalling remembered remembers stated states stating declared \
declares declare declaring announced announces announcing admitted admits admit admitting conceded concedes \
warned warns warn warning observed observes remarked remarks commented comments commenting continued continues \
concluded concludes concluding joked jokes joking quipped quips mused muses tweeted tweets tweeting posted \
posts posting promised promises promise promising vowed vows vowing urged urges urging testified testifies \
acknowledged acknowledges emphasised emphasises emphasized emphasizes emphasizing stressed stresses stressing \
suggested suggests suggesting predicted predicts lamented laments laughed laughs smiled sighed whispered \
shouted shouts cried exclaimed exclaims boasted boasts cautioned cautions countered counters maintained \
maintains reported reports revealed reveals offered offers repeated repeats reasoned reasons believed believes \
thought thinks felt feels reflected reflects agreed agrees complained complains confessed confesses confirmed \
confirms contended contends demanded demands denied denies described describes called calls calling \
interjected protested reiterated reiterates retorted summarised summarized summed opined advised advises \
proclaimed proclaims pleaded pledged pledges praised read reads sums puts put sang sings \
chanted chants blasted slammed wondered wonders barked snapped blared deadpanned chimed mocked mocks ranted \
railed bemoaned bemoans griped hissed intoned pondered ponders projected projects recounted recounts relayed \
riffed scoffed scoffs seethed surmised teased thundered trumpeted underscored underscores volunteered yelled \
yells quoted quotes signaled signals retaliated thanked thanks accused accuses blamed blames dismissed \
dismisses ridiculed labeled labelled lauded touted touts hailed hails likened bragged brags fumed gushed \
hinted informed informs instructed invoked marveled marvelled mentioned mentions murmured muttered notified \
objected pleads pointed points pressed proposed proposes questioned questions rejoined remarking resolved \
ruled scolded screamed sneered sniped speculated stipulates swore testifying texted trumpets uttered vented \
voiced weighed lamenting describing maintaining branded brands declined decried decries defended defends \
chastised considered considers characterized characterised compared compares cited cites discussed asserted \
asserts assured assures reassured lobbied jeered cheered crowed allowed alleged alleges alleging chided chides \
chiding echoed echoes echoing elaborated elaborates exhorted exhorts criticised criticizes criticized \
criticises criticizing charged charges charging denounced denounces denouncing credited credits yelling \
shouting portrayed portrays portraying pronounced praising accusing pledging groused grouses implied implies \
hinting boomed interrupted interrupts protesting asserting questioning conceding applauded affirmed affirms \
worried worries hopes hoped condemned condemns condemning demurred ordered orders resisted deemed deems \
referenced references welcomed welcomes attacked attacks attacking rejected rejects opposed emailed emails \
published indicated indicates finds dubbed framed frames slamming mocking dismissing hammered \
ripped assailed assails intimated lectured exclaiming chanting singing sobbed recommended recommends \
wanted showed shows predicting pointing pleading boasting ranting recited recites snarled bellowed \
chuckled grumbled grumbles beamed enthused enthuses fretted frets mumbled gasped groaned cheering challenging \
challenged challenges assumed assumes imagined knows knew worrying complaining answering retweeted nicknamed \
termed styled phrased worded apologised apologized apologizes summing reassuring assuring stipulated intones \
ventured ventures \
started starts began begins finds conclude labeling labelling \
sagte sagt sagen sagten gesagt erklärte erklärt erklären meinte meint betonte betont ergänzte ergänzt fügte \
schrieb schreibt berichtete berichtet erzählte erzählt fragte fragt antwortete antwortet warnte warnt \
kritisierte kritisiert lobte lobt forderte fordert hoffte hofft versprach verspricht behauptete behauptet \
bestätigte bestätigt glaubte glaubt lachte lacht scherzte scherzt klagte klagt mahnte mahnt beschrieb \
beschreibt nannte nennt resümierte resümiert bilanzierte bilanziert kündigte teilte urteilte urteilt \
verkündete dit disait disent déclare déclaré expliqué explique ajouté ajoute raconte raconté affirme affirmé \
souligne souligné répond répondu assure assuré précise précisé estime estimé confie confié lance lancé \
poursuit plaisante plaisanté insiste rappelle conclut reconnaît regrette martèle témoigne écrit écrivait \
demande demandé promet promis dijo dice dicen afirmó afirma explicó explica añadió añade declaró declara \
señaló señala aseguró asegura contó cuenta recordó recuerda subrayó subraya respondió responde advirtió \
advierte preguntó pregunta insistió comentó comenta bromeó bromea escribió escribe concluyó concluye relató \
relata lamentó prometió promete disse diz dizem afirmou explicou acrescentou acrescenta declarou contou conta \
lembrou lembra respondeu brincou brinca escreveu escreve alertou alerta ressaltou destacou perguntou comentou \
concluiu prometeu garantiu detto dichiarato dichiara spiegato spiega aggiunto aggiunge racconta raccontato \
afferma affermato scherza scherzato sottolinea sottolineato risponde risposto ricorda ricordato osserva \
commenta commentato scrive scritto chiede promette ammette dicono zei zegt zeggen zeiden vertelt vertelde \
legde legt voegde voegt verklaarde verklaart schreef schrijft antwoordde antwoordt vroeg vraagt benadrukt \
benadrukte waarschuwt waarschuwde stelde beloofde belooft grapte";

/// Words that may stand between a subject and its verb.
const ADVERBS: &str = "also further then later once recently always often never has had have is was would will could can \
still just himself herself itself themselves myself ourselves both quietly simply proudly cheerfully firmly again even already only yet ever merely first not wouldn’t didn’t doesn’t hasn’t won’t couldn’t can’t wouldn't didn't doesn't hasn't won't couldn't can't be being do does did may might must should shall";

/// Nouns whose content is somebody's own words, when they are owned.
const MISSIONS: &str = "vision mission motto slogan goal tagline promise belief purpose aim pledge creed principle \
leitbild leitsatz auftrag wahlspruch devise lema misión visión missão missione motto";

/// Participles and verbs that say how somebody calls a thing.
const DEFINING: &str = "defined described characterised characterized explained known summed summarised summarized \
defines describes characterises characterizes";

const HE: &str = "he him his er il él ele lui egli hij";
const SHE: &str = "she her hers sie elle ella ela lei zij";
const THEY: &str = "they them their we our us it its es ils elles ellos nous nós noi";

/// Words that begin a sentence with a capital and are no name.
const COMMON: &str = "The A An In On At By For From With Without And Or But Nor So As If When While Where Who What Why How \
This That These Those There Here It Its He She They We You I His Her Their Our My Your One Two Three Four Five Six \
Seven Eight Nine Ten Many Most Some Few All Both Each Every No Not Now Then After Before Since Until During Over Under \
About Above Across Against Along Among Around Because Between Beyond Despite Even Ever Just Last Like More Much Near \
Next Nearly Of Off Once Only Out Perhaps Still Such Than Though Through To Today Tomorrow Too Up Yes Yet According \
Another Also Although Is Are Was Were Do Does Did Has Have Had Will Would Can Could May Might Must Shall Should \
Seit Rund Laut Selon Según Segundo Secondo Volgens Nur Auch Noch Doch Nach Bis Für Sur Avec Dans Pour Par Depuis Quand Si Con Sin Para Por Desde Cuando Com Sem Mas Nos Nas No Na Per Da Dal Del Della Nel Nella Quando Ma De Het Een Op Met Voor Naar Ook Wij Zij Hij Ik Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August September \
October November December Der Die Das Ein Eine Und Oder Aber Doch In Im Am An Auf Aus Bei Mit Nach Seit Von Vor Zu \
Zum Zur Wir Sie Er Es Ich Ihr Wenn Weil Als Dann Heute Le La Les Un Une Des Et Mais Dans El Los Las Y Pero En Il Lo";

/// First names that are hardly ever a man's.
const FEMALE: &str = "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret \
sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca laura helen sharon \
cynthia kathleen amy angela anna ana brenda pamela emma nicole ruth katherine catherine christine samantha debra janet \
rachel carolyn maria heather diane virginia julie joyce victoria olivia kelly christina lauren joan evelyn judith megan \
hillary carly elena sofia ingrid eva ilse noor agneta petra brid jill hannah alice julia claire marie sophie greta ursula \
renate sabine birgit monika claudia isabel carmen lucia giulia chiara francesca camille nathalie fatima aisha leila mei";

/// First names that are hardly ever a woman's.
const MALE: &str = "james robert john michael david william richard joseph thomas charles christopher daniel matthew \
anthony mark donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob \
gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick frank raymond \
jack dennis jerry tyler aaron jose adam nathan henry douglas zachary peter kyle noah ethan jeremy walter christian keith \
roger terry austin sean gerald carl harold dylan arthur lawrence jordan jesse bryan billy bruce gabriel joe logan alan \
juan albert willie elijah wayne randy vincent mason roy ralph bobby russell bradley philip ted marco bernie bill jeb jim \
tom mike nate barack hans klaus jürgen wolfgang jean pierre luis carlos giovanni marco tomas fintan tarek tim bob dan";

/// What a woman is to somebody, and what a man is.
const HER_KIN: &str = "daughter wife mother sister mum mom aunt grandmother granddaughter niece widow fiancée girlfriend \
stepmother stepdaughter";
const HIS_KIN: &str = "son husband father brother dad uncle grandfather grandson nephew widower fiancé boyfriend \
stepfather stepson";

/// Words that show that a name is an organisation's.
const ORGANISATION: &str = "computer systems magazine radio television news mission foundation university college school institute council committee commission \
association society union trust clinic hospital church bank group company corporation inc ltd llc agency office \
department ministry bureau service services network project initiative center centre museum library club team \
organisation organization nations party government court police army charity fund alliance federation coalition board \
authority press times post news tribune herald gazette journal house senate congress parliament embassy programme \
program movement choir cooperative verein stiftung universität ministerium amt behörde gemeinde bund verband schule";

/// Titles before a name.
const TITLES: &str = "del supt cmdr adm maj amb mr mrs ms mx dr prof professor sen senator rep representative gov governor president \
vice-president minister secretary judge justice captain sergeant general colonel sir dame lord lady rev reverend \
father sister brother bishop pope king queen prince princess mayor chancellor herr frau chief coach chairman \
chairwoman spokesman spokeswoman spokesperson sgt capt lt col gen rev hon cllr councillor councilman councilwoman \
alderman clerk winger striker goalkeeper clockmaker teacher engineer farmer nurse director founder owner manager editor \
author historian baker pastor sheriff officer detective constable inspector superintendent economist biologist artist \
photographer architect lawyer attorney researcher scientist physicist chemist geologist surgeon midwife pilot driver \
fisherman shepherd surveyor beekeeper librarian headteacher principal dean rabbi imam curator conductor composer \
choreographer playwright poet novelist organizer organiser activist volunteer ranger firefighter paramedic pharmacist \
resident neighbour neighbor carpenter plumber electrician mechanic builder chef cook gardener marshal captain commissioner \
ambassador deputy lieutenant major private corporal congressman congresswoman assemblyman assemblywoman justice \
bürgermeister bürgermeisterin oberbürgermeister krankenpfleger krankenpflegerin pfleger pflegerin leiter leiterin \
stationsleiter stationsleiterin lehrer lehrerin minister ministerin kanzler kanzlerin präsident präsidentin sprecher \
sprecherin vorsitzende vorsitzender pfarrer pfarrerin bäcker bäckerin ärztin arzt m mme mlle don dona doña dom burgemeester \
wethouder directeur directrice";

/// Small words inside names.
const PARTICLES: &str = "de da do dos das del della di van von der den ter ten la le el al bin ibn af av zu y e of the for and &";

/// Determiners that count.
const NUMBERS: &str = "one two three four five several";

/// Words that begin a noun phrase.
const DETERMINERS: &str = "the a an one another some many his her their our its my this every each two three \
four five several most der die das ein eine le la les un une el los las il lo l’ o os as um uma gli i dem den zijn haar \
de het een hun";

macro_rules! questions {
    ($($(#[$doc:meta])* $name:ident in $list:ident;)*) => {
        $($(#[$doc])*
        pub(super) fn $name(word: &str) -> bool {
            static WORDS: LazyLock<HashSet<&str>> =
                LazyLock::new(|| $list.split_ascii_whitespace().collect());
            WORDS.contains(lower(word).as_ref())
        })*
    };
}

/// A word in lower case; most are already.
fn lower(word: &str) -> Cow<'_, str> {
    match word.chars().any(char::is_uppercase) {
        true => word.to_lowercase().into(),
        false => word.into(),
    }
}

questions! {
    /// Whether it is a verb of saying.
    is_saying in SAYING;
    is_mission in MISSIONS;
    is_defining in DEFINING;
    is_he in HE;
    is_she in SHE;
    is_they in THEY;
    is_title in TITLES;
    is_particle in PARTICLES;
    is_organisation_word in ORGANISATION;
    is_listed_adverb in ADVERBS;
    /// Whether a noun phrase starts with this word.
    is_determiner in DETERMINERS;
    is_number in NUMBERS;
    is_her_kin in HER_KIN;
    is_his_kin in HIS_KIN;
    is_female_name in FEMALE;
    is_male_name in MALE;
}

/// Whether it may stand between subject and verb.
pub(super) fn is_adverb(word: &str) -> bool {
    is_listed_adverb(word) || word.len() > 4 && word.ends_with("ly")
}

/// Whether it stands for somebody who was named before.
pub(super) fn is_pronoun(word: &str) -> bool {
    is_he(word) || is_she(word) || is_they(word) || word == "I"
}

/// Whether a capitalised word is no part of a name.
pub(super) fn is_common(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> =
        LazyLock::new(|| COMMON.split_ascii_whitespace().collect());
    WORDS.contains(word)
}
