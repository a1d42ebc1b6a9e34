/**
 * What the name of a touchpoint tells of trouble: that it is an error, that it opens a contact with support; and which
 * properties name a contact's topic. How often any of it happens is counted in analysis/pain.
 */
import { spellProperty } from "./moment-condition.ts";

const words = (...lists: readonly string[]) => new Set(lists.flatMap((list) => list.split(" ")));

/** Words of which one makes a touchpoint an error. Languages: en, pt, es, de, fr, it, nl. */
const ERRORS = words(
  "error errors bug bugs fail fails failed failure failures failing declined denied exception exceptions timeout timeouts",
  "crash crashes crashed crashing broken rejected malfunction outage",
  "erro erros falha falhas falhou recusado recusada negado negada rejeitado rejeitada",
  "errores fallo fallos falló fallido fallida rechazado rechazada denegado denegada",
  "fehler fehlgeschlagen abgelehnt absturz abgestürzt gescheitert störung",
  "erreur erreurs échec échecs echec échoué refusé refusée rejeté rejetée panne",
  "errore errori fallito fallita rifiutato rifiutata negato negata guasto",
  "fout fouten mislukt geweigerd afgewezen storing",
);
const ERROR_PHRASES =
  /(?:^| )(?:timed out|time out|not working|does not work|went wrong|(?:http )?(?:404|500|502|503))(?: |$)/u;

/**
 * Whether a touchpoint is an error, by whole words of its name, also inside snake and camel case.
 * @example "Payment Failed", "checkout_error", "ApiTimeout", "HTTP 500" // true; "Terror Film Watched" // false
 */
export function isErrorName(name: string): boolean {
  const spelled = spellProperty(name);
  return ERROR_PHRASES.test(spelled) || spelled.split(" ").some((word) => ERRORS.has(word));
}

const OPENINGS = words(
  "open opened opens create created creates start started begin began received contact contacted contacts complaint",
  "complained complaints submitted raised reported asked question inquiry enquiry request requested call called calls",
  "chat chats ticket tickets case incident issue conversation phone email mail message support",
  "aberto aberta criado criada reclamação contato chamado ligação abierto creado queja contacto consulta llamada",
  "eröffnet erstellt anfrage beschwerde anruf kontakt réclamation demande appel aperto reclamo richiesta chiamata klacht",
);
const LATER_STEPS = words(
  "answer answered reply replied replies respond responded response solve solved resolve resolved close closed end ended",
  "assign assigned escalated transferred updated merged reopen reopened sent viewed searched read rated approved shipped",
  "returned return refund refunded issued completed finished help faq article page pages",
);

/**
 * Whether a touchpoint of support is a customer's coming, rather than something that follows it.
 * @example "Ticket Opened", "Call Received", "Live Chat Conversation Started" // true; "Ticket Answered", "Help Viewed" // false
 */
export function isOpeningName(name: string): boolean {
  const spelled = spellProperty(name).split(" ");
  return spelled.some((word) => OPENINGS.has(word)) && !spelled.some((word) => LATER_STEPS.has(word));
}

/** Names of numbers that count tries, the first of which is 1, and of those that count what came on top of it. */
const TRIES = words(
  "attempt attempts try tries round rounds iteration iterations tentativa tentativas intento versuch essai",
);
const RETRIES = words("retry retries repeat repeats repetition repetitions redo redos reopened reopens");

/** The number above which something was done more than once; undefined where the name of the property does not tell. */
export function readTries(property: string): number | undefined {
  const spelled = spellProperty(property).split(" ");
  if (spelled.some((word) => RETRIES.has(word))) return 0;
  return spelled.some((word) => TRIES.has(word)) ? 1 : undefined;
}

const WAITED =
  /(?:^| )(?:wait|waited|waiting|delay|response time|reply time|answer time|time to (?:first )?(?:answer|reply|response)|(?:hours|minutes|days|seconds) to (?:answer|reply|response))(?: |$)/u;

/** Whether a number tells how long somebody waited. */
export function isWaitName(property: string): boolean {
  return WAITED.test(spellProperty(property));
}

/** Types of objects that stand for one matter of a customer with support. */
export const TICKET_TYPES = [
  "ticket",
  "case",
  "incident",
  "issue",
  "conversation",
  "chat",
  "call",
  "complaint",
] as const;

const TOPICS = ["topic", "subject", "reason", "category"];

/** The place of a property among those that tell what a contact is about, the best first; undefined: it does not tell. */
export function rankTopic(property: string): number | undefined {
  const last = spellProperty(property).split(" ").at(-1) ?? "";
  const rank = TOPICS.indexOf(last);
  return rank === -1 ? undefined : rank;
}
