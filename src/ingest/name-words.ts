/**
 * Column names of other languages and of business systems: «Kundennummer», «KUNNR», «klant_nr», «actorId», «date de commande».
 * A name counts when all of it is known: a word that says what is meant, alone or with one that makes it a number or a time.
 */
import type { Field } from "./guess-columns.ts";

export interface NamedField {
  readonly field: Field;
  /** 0…1, as in guess-columns; the names of English formats that stand there weigh more. */
  readonly weight: number;
}

/** What makes a word the number of a thing: kunden_nr, actorRef, order identifier. */
const NUMBER =
  "(?:id|ids|nr|no|num|numb|number|nummer|numero|numer|key|code|cd|ref|reference|referenz|referentie|kennung|kennzeichen|schlussel|schluessel|handle|identifier|guid|uuid|token|hash)";

/** … and where the number stands first: numéro de commande, id_cliente. */
const NUMBER_OF =
  "(?:id|no|nr|num|number|numero|n|cod|code|codigo|codice|ref|reference)_?(?:de_?la_|de_|di_|do_|da_|del_|du_|des_|of_)?";

/** Things that own events, in German, Dutch, French, Spanish, Portuguese, Italian, and as systems abbreviate them. */
const OWNERS: readonly (readonly [Field, number, string])[] = [
  [
    "customer",
    0.9,
    "kunden?|kundinnen|kund|kd|kdn|kunnr|kdnr|klant|klanten|klt|client[es]?|clients|cliente|clientes|customers?|cust|cstmr|debitor|debitoren|debiteur|afnemer|abnehmer|besteller|kaufer|kaeufer|koper|acheteur|comprador|acquirente|consumer|consumidor|consommateur|sold_?to|bp|business_?partner",
  ],
  [
    "customer",
    0.8,
    "users?|usr|benutzer|nutzer|anwender|gebruiker|utilisateur|usuario|utente|mitglied|member|mbr|lid|membre|miembro|socio|actor|person|personen|persoon|persona|personne|pessoa|subject|party|abonnent|abonnee|patient|gast|guest|player|spieler|reisender|profile?|profil",
  ],
  ["anonymous", 0.8, "visitor|besucher|bezoeker|visiteur|visitante|visitatore|gerate?_?kennung|device_?identifier"],
  [
    "object session",
    0.85,
    "session|sess|ses|sitzung|sitzungs|sitz|sessie|sesion|sessione|sessao|visit|besuch|besuchs|bezoek|visite|visita",
  ],
  [
    "object order",
    0.85,
    "orders?|ord|bestell|bestellung|bestellungs|bestelling|bestel|auftrag|auftrags|auftr|auf|commande|pedido|ordine|encomenda|invoice|inv|rechnung|rechnungs|rech|facture|factuur|factura|fattura|fatura|beleg|bon|kassenbon|ticket_?de_?caisse|vbeln|belnr|aufnr|transaction|transaktion|transaktions|transactie|txn|trx|trans|purchase|kauf|sales_?order|so",
  ],
  [
    "object ticket",
    0.85,
    "tickets?|tkt|incident|inc|issue|storung|stoerung|melding|meldung|meldungs|anfrage|request|service_?request|sr|verzoek|demande|reclamo|incidente|incidencia|chamado",
  ],
  [
    "object case",
    0.8,
    "case|fall|vorgang|vorgangs|vorg|zaak|dossier|akte|akten|aktenzeichen|expediente|caso|cas|processo|prozess|proces|process|processus|instanz|claim|schaden|schadens|schadennummer|application|antrag|antrags|aanvraag|vbnr",
  ],
];

/** Facts that stand alone, without a number. */
const FACTS: readonly (readonly [Field, number, string])[] = [
  [
    "touchpoint",
    0.85,
    "ereignis|ereignisname|ereignistyp|ereignisart|ereig|gebeurtenis|gebeurtenistype|evenement|evenements|evento|nome_?evento|evt|evnt|ev_?(?:name|nm|typ|type|cd|code|bez)|evt_?(?:name|nm|typ|type|cd|code|bez)|event_?(?:nm|typ|label|title|kind|cd|code)|type_?evenement|tipo_?(?:de_?)?evento|aktivitat|aktivitaet|activiteit|activite|actividad|atividade|attivita|act_?(?:name|nm|typ|cd|bez)|aktion|actie|accion|acao|azione|action_?(?:type|label|kind)|user_?action|kontaktpunkt|contactpunt|contactmoment|point_?de_?contact|interaktion|interactie|interaccion|what_?happened",
  ],
  [
    "touchpoint",
    0.7,
    "vorgang|vorgangsart|vorgangsbezeichnung|vorg_?(?:bez|art|typ)|schritt|prozessschritt|arbeitsschritt|stap|processtap|etape|paso|etapa|passo|fase|tatigkeit|taetigkeit|handlung|handeling|seite|pagina",
  ],
  [
    "channel",
    0.85,
    "kanal|kanaal|canal|canale|chanel|vertriebskanal|verkaufskanal|kontaktkanal|verkoopkanaal|chnl|vtweg|sales_?chnl",
  ],
  [
    "channel",
    0.75,
    "plattform|platform|plateforme|plataforma|piattaforma|plattf|pltfrm|device_?(?:type|class|category|kind)|gerat|geraet|geratetyp|geraetetyp|gerateklasse|geraeteklasse|endgerat|endgeraet|apparaat|apparaattype|toestel|appareil|dispositivo",
  ],
  [
    "value",
    0.9,
    "umsatz|betrag|gesamtbetrag|rechnungsbetrag|bestellwert|auftragswert|warenwert|kaufbetrag|nettobetrag|bruttobetrag|nettowert|summe|gesamtsumme|gesamtpreis|omzet|bedrag|totaalbedrag|orderbedrag|bestelwaarde|totaal|montant|montant_?(?:total|ttc|ht)|chiffre_?d?_?affaires|importe|importe_?total|monto|monto_?total|valor|valor_?total|importo|importo_?totale|fatturato|netwr|net_?amt|amt|amt_?total|tot_?amt|ord_?amt|dmbtr|wrbtr|purchase_?value|basket_?value|order_?sum",
  ],
  [
    "value",
    0.6,
    "preis|einzelpreis|stuckpreis|stueckpreis|verkaufspreis|prijs|stuksprijs|eenheidsprijs|prix|prix_?unitaire|precio|precio_?unitario|preco|preco_?unitario|prezzo|prezzo_?unitario|netpr|unit_?prc|price_?(?:each|per_?unit)|item_?price",
  ],
  [
    "currency",
    0.9,
    "wahrung|waehrung|wahrungscode|waehrungscode|valuta|devise|moneda|moeda|divisa|waers|waerk|curr|ccy|cur",
  ],
  [
    "score",
    0.85,
    "bewertung|kundenbewertung|sterne|punktzahl|zufriedenheit|beoordeling|waardering|sterren|cijfer|tevredenheid|evaluation|satisfaction_?client|etoiles|puntuacion|calificacion|valoracion|estrellas|avaliacao|valutazione|stelle|punteggio|rtg",
  ],
];

/** Words for a moment; those that say it is when the event came about weigh more. */
const TIMES: readonly (readonly [number, string])[] = [
  [
    0.95,
    "zeitstempel|zeitpunkt|zeit|uhrzeit_?datum|datum_?(?:und_?)?(?:uhr)?zeit|datum_?uhrzeit|tijdstempel|tijdstip|tijd|datum_?(?:en_?)?tijd|horodatage|date_?(?:et_?)?heure|marca_?(?:de_?)?tiempo|fecha_?(?:y_?)?hora|data_?(?:e_?)?(?:ora|hora)|momento|instante|occurred(?:_?(?:on|date|time|utc))?|happened_?(?:on|when)|when|event_?(?:ts|dt|dttm|datetime|when|moment)|evt_?(?:ts|tm|dt|time|date|dttm|zeit)|ev_?(?:ts|tm|dt|time|dttm)|zst|ztst|ztstmp|ts_?(?:utc|local|event|evt)?|tmstmp|tmst|tstamp|dttm|date_?tm|action_?(?:time|date|ts)|buchungszeit",
  ],
  [
    0.9,
    "datum|fecha|data|tag|jour|dia|giorno|dat|bestelldatum|bestellzeit|bestellzeitpunkt|auftragsdatum|kaufdatum|kaufzeitpunkt|rechnungsdatum|belegdatum|buchungsdatum|besteldatum|orderdatum|aankoopdatum|factuurdatum|transactiedatum|transaktionsdatum|date_?(?:de_?)?(?:commande|achat|facture|creation)|fecha_?(?:de_?)?(?:pedido|compra|factura|creacion)|data_?(?:do_?|da_?|di_?|del_?)?(?:pedido|compra|fatura|ordine|acquisto|fattura|criacao)|erdat|audat|budat|bldat|fkdat|erstellt(?:_?am)?|erstelldatum|erstellungsdatum|angelegt(?:_?am)?|anlagedatum|aangemaakt(?:_?op)?|erfasst(?:_?am)?|erfassungsdatum|crtd_?(?:ts|dt|at|on)?|created_?(?:on|ts|dt|date|time|utc)|creat_?(?:ts|dt)|ord_?(?:dt|date|ts)|txn_?(?:dt|date|ts)|trx_?(?:dt|date|ts)|inv_?(?:dt|date)|placed_?(?:at|on)",
  ],
];

/** Price times these gives what a line of an order is worth. */
const QUANTITY =
  /^(?:quantity|qty|qnty|units|menge|bestellmenge|anzahl|stuckzahl|stueckzahl|stuck|stueck|stk|aantal|hoeveelheid|quantite|qte|cantidad|cant|quantidade|qtd|quantita|kwmeng|fkimg|menge_?stk|count|pieces|pcs)$/u;

const PER_UNIT =
  /^(?:(?:unit_?)?price|unit_?prc|price_?(?:each|per_?unit)|item_?price|preis|einzelpreis|stuckpreis|stueckpreis|verkaufspreis|prijs|stuksprijs|eenheidsprijs|prix|prix_?unitaire|precio|precio_?unitario|preco|preco_?unitario|prezzo|prezzo_?unitario)$/u;

const WHOLE = (words: string) => new RegExp(`^(?:${words})$`, "u");
const FIELDS: readonly (readonly [Field, number, RegExp])[] = [
  ...OWNERS.map(
    ([field, weight, words]) =>
      [field, weight, WHOLE(`(?:${words})(?:_?${NUMBER})?|${NUMBER_OF}(?:${words})`)] as const,
  ),
  ...FACTS.map(([field, weight, words]) => [field, weight, WHOLE(words)] as const),
  ...TIMES.map(([weight, words]) => ["time" as const, weight, WHOLE(words)] as const),
];

/** Accents and the marks that columns of some systems begin with do not count: «Währung», «z_kunnr», «fld_date». */
function foldKey(key: string): string {
  return key
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replaceAll("ß", "ss")
    .replace(/^(?:z|fld|f|col|dim|fk|pk|the)_(?=.)/u, "");
}

/** What the name may mean, the likeliest first; a German «Vorgang» is a case or what was done. */
export function fieldsOfName(key: string): readonly NamedField[] {
  const folded = foldKey(key);
  return FIELDS.filter(([, , words]) => words.test(folded))
    .map(([field, weight]) => ({ field, weight }))
    .sort((a, b) => b.weight - a.weight);
}

export function isQuantity(key: string): boolean {
  return QUANTITY.test(foldKey(key));
}

export function isUnitPrice(key: string): boolean {
  return PER_UNIT.test(foldKey(key));
}

/** What ids of one kind begin with: user_0001, sess-17, ORD00012. */
const ID_BEGINNINGS: readonly (readonly [Field, RegExp])[] = [
  [
    "customer",
    /^(?:users?|usr|cust|customer|client|kunde|kd|klant|member|person|account|acct|household|buyer)[-_:#. ]?\d{1,12}$/iu,
  ],
  ["object session", /^(?:session|sess|ses|visit)[-_:#. ]?[\da-f]{1,32}$/iu],
  ["object order", /^(?:order|ord|invoice|inv|po|so)[-_:#. ]?\d{1,12}$/iu],
  ["object ticket", /^(?:ticket|tkt|incident|inc|issue)[-_:#. ]?\d{1,12}$/iu],
  ["object case", /^(?:case|claim|trace|fall|zaak)[-_:#. ]?\d{1,12}$/iu],
  ["customer", /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/iu],
];

/** Whose ids these values are by how all of them begin, or undefined. */
export function fieldOfIds(values: readonly string[]): Field | undefined {
  if (values.length === 0) return undefined;
  return ID_BEGINNINGS.find(([, form]) => values.every((value) => form.test(value)))?.[0];
}
