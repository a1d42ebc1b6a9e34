/**
 * What is known of a language: its stems, its function words, its negations, and words that name no matter of their own.
 * Which language a text is in is told by trigrams (franc); languages without an entry are read without stems.
 */
import { stemmer as stemDutch } from "@orama/stemmers/dutch";
import { stemmer as stemEnglish } from "@orama/stemmers/english";
import { stemmer as stemFrench } from "@orama/stemmers/french";
import { stemmer as stemGerman } from "@orama/stemmers/german";
import { stemmer as stemItalian } from "@orama/stemmers/italian";
import { stemmer as stemPortuguese } from "@orama/stemmers/portuguese";
import { stemmer as stemSpanish } from "@orama/stemmers/spanish";
import { franc } from "franc-min";
import { deu, eng, fra, ita, nld, por, spa } from "stopword";
import { plainWord, splitClauses } from "./plain-text.ts";

export interface Language {
  /** ISO 639-1 where there is one, else 639-3; `und` where it cannot be told. */
  readonly code: string;
  /** Of a word as it is written, with its accents. */
  readonly stem: (word: string) => string;
  /** Folded words that only hold others together: skipped. */
  readonly functionWords: ReadonlySet<string>;
  /** Folded words that turn the next one round: "não recebi". */
  readonly negations: ReadonlySet<string>;
  /** Folded words that may stand in a phrase but name no matter alone: times, quantities, verbs that can mean anything. */
  readonly lightWords: ReadonlySet<string>;
}

function fold(text: string): string[] {
  return text.trim().split(/\s+/).map(plainWord);
}

interface Source {
  readonly code: string;
  readonly stem: (word: string) => string;
  readonly stopWords: readonly string[];
  readonly more?: string;
  readonly negations: string;
  readonly light?: string;
  /** Question words: what is asked for is told by them ("where is my order"), so they are light, no function words. */
  readonly asking?: string;
}

const PORTUGUESE_FORMS = `é era eram foi fui foram fomos for forem fosse ser será serão seria sendo sido sou são somos estar está estão esta estou estava estavam
  esteja estive estiver ter tem têm tenho tinha tinham tive teve tiveram ter terá terei tendo tido haver há havia houve pra pro pras pros vc vcs vocês você q pq ja já
  so só ate até mto mt mta super bem bastante tão tao muita muito muitos muitas demais lá aí ai aqui assim mesmo mesma também tbm tb apenas somente ainda agora hoje aos`;
const ENGLISH_FORMS = `i i'm i've i'd i'll you you're we we're we've it it's its they they're them this that these those there here is are am was were be been being do does did done have has had
  having will would shall should can could may might must a an the and or but so very really quite just too also still yet even all any some my your our their his her me us him of to in on at
  by for from with about into than then as if because when while which who what how again already only now today more most much many own such up out off over`;

const SOURCES: Readonly<Record<string, Source>> = {
  por: {
    code: "pt",
    stem: stemPortuguese,
    stopWords: por,
    more: PORTUGUESE_FORMS,
    asking: "onde quando cadê",
    negations: "não nao n ñ nunca nem sem jamais ninguém nenhum nenhuma tampouco",
    light: `agora ainda hoje ontem amanhã dia dias mês meses semana semanas ano anos hora horas vez vezes momento data tempo antes depois após dentro desde quase nada tudo todo toda
      todos todas algo alguém algum alguma outro outra outros outras mesmo cada dois duas três primeiro primeira segundo segunda coisa coisas forma parte vai vou vão ir fazer faz fiz fez feito
      feita fazendo pode posso podem poderia deve devem deveria devia dever querer quer quero queria gostaria saber sabe sei ver vem vêm veio vir vieram dar dá deu deram ficar fica ficou fiquei fiz
      disse diz dizem dizer falar fala falaram falou acho achei achar acredito pois porém porque portanto entretanto apesar além sobre quanto onde qualquer sempre longo sendo
      assim então logo enfim favor sim vista conta caso motivo parece pouco menos mais melhor pior maior menor novo nova apos total real realmente infelizmente passou passado passar passaram
      continuo continua jan fev mar abr mai jun jul ago set out nov dez janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro segunda terça quarta quinta sexta
      sábado domingo tenta tentei tentar tento deixar deixou deixo preciso precisa precisar precisava`,
  },
  eng: {
    code: "en",
    stem: stemEnglish,
    stopWords: eng,
    more: ENGLISH_FORMS,
    asking: "where when how why who",
    negations:
      "not no never without cannot can't cant don't dont didn't didnt doesn't doesnt isn't isnt wasn't wasnt weren't aren't won't wont wouldn't hasn't hasnt haven't havent hadn't couldn't couldnt nobody none nothing neither nor",
    light: `day days week weeks month months year years hour hours minute minutes time times yesterday tomorrow today now moment date get got getting go going gone went come came coming take took taken make made
      give gave given want wanted need needed try tried trying say said says tell told know knew think thought see saw seen look looked thing things way one two three first second last next since before
      after ago another other others same every each lot bit kind sort still always ever however although though please let keep kept put use used like`,
  },
  spa: {
    code: "es",
    stem: stemSpanish,
    stopWords: spa,
    negations: "no nunca sin ni jamás tampoco ningún ninguna nadie",
    light:
      "ahora hoy ayer día días mes meses semana semanas año vez veces momento fecha tiempo antes después todo toda todos nada algo otro otra hacer hace hizo ir va puede quiero",
  },
  fra: { code: "fr", stem: stemFrench, stopWords: fra, negations: "ne pas jamais sans aucun aucune rien ni" },
  deu: {
    code: "de",
    stem: stemGerman,
    stopWords: deu,
    negations: "nicht nie niemals kein keine keinen keinem keiner ohne",
  },
  ita: { code: "it", stem: stemItalian, stopWords: ita, negations: "non mai senza nessun nessuna né" },
  nld: { code: "nl", stem: stemDutch, stopWords: nld, negations: "niet geen nooit zonder" },
};

function buildLanguage(source: Source): Language {
  const negations = new Set(fold(source.negations));
  const asking = source.asking ? fold(source.asking) : [];
  const functionWords = [...source.stopWords.map(plainWord), ...(source.more ? fold(source.more) : [])];
  return {
    code: source.code,
    stem: source.stem,
    functionWords: new Set(functionWords.filter((word) => !negations.has(word) && !asking.includes(word))),
    negations,
    lightWords: new Set([...(source.light ? fold(source.light) : []), ...asking]),
  };
}

const NONE: ReadonlySet<string> = new Set();

/** What is known of a language, by the code franc gives it. */
export function knowLanguage(code: string): Language {
  const source = SOURCES[code];
  if (source) return buildLanguage(source);
  return { code, stem: (word) => word, functionWords: NONE, negations: NONE, lightWords: NONE };
}

/** Shorter texts do not tell their language. */
const LONG_ENOUGH = 30;
/** A language in fewer of the letters than this is a mistake of the detection. */
const LEAST_SHARE = 0.1;
const UNKNOWN = "und";

/** Of the texts that one of two languages is told for, whether its function words are there more often than the other's. */
function isSpoken(texts: readonly string[], code: string, commonest: string): boolean {
  const [own, other] = [knowLanguage(code), knowLanguage(commonest)];
  if (own.functionWords.size === 0 || other.functionWords.size === 0) return true;
  const words = texts.flatMap((text) => splitClauses(text).flat().map(plainWord));
  const count = ({ functionWords, negations }: Language) =>
    words.filter((word) => functionWords.has(word) || negations.has(word)).length;
  return count(own) > count(other);
}

function append(lists: Map<string, string[]>, key: string, text: string): void {
  const list = lists.get(key) ?? [];
  list.push(text);
  lists.set(key, list);
}

/** Languages that surely are in the texts, the commonest first. */
function listSpoken(texts: readonly string[]): string[] {
  const told = new Map<string, string[]>();
  for (const text of texts) {
    const code = text.length >= LONG_ENOUGH ? franc(text) : UNKNOWN;
    if (code !== UNKNOWN) append(told, code, text);
  }
  const lengthOf = (own: readonly string[]) => own.reduce((sum, { length }) => sum + length, 0);
  const sizes = [...told].map(([code, own]) => ({ code, own, letters: lengthOf(own) }));
  const all = sizes.reduce((sum, { letters }) => sum + letters, 0);
  sizes.sort((a, b) => b.letters - a.letters || (a.code < b.code ? -1 : 1));
  const [commonest] = sizes;
  if (!commonest) return [franc(texts.slice(0, 1_000).join(". "))];
  return sizes
    .filter(({ letters }) => letters >= LEAST_SHARE * all)
    .filter(({ code, own }) => code === commonest.code || isSpoken(own, code, commonest.code))
    .map(({ code }) => code);
}

/**
 * The language of each text, as franc's code. Short texts are told with difficulty, so only the languages that the long
 * texts are surely in can be answered; where these are one, it is everybody's.
 */
export function tellLanguages(texts: readonly string[]): string[] {
  const spoken = listSpoken(texts);
  const [commonest = UNKNOWN] = spoken;
  if (spoken.length < 2) return texts.map(() => commonest);
  return texts.map((text) => {
    const code = franc(text, { only: spoken, minLength: 3 });
    return code === UNKNOWN ? commonest : code;
  });
}
