/**
 * Exports of shops, help desks and known data sets, told by the columns that only they have.
 * It knows CSV files and folders of them; what is told by more than columns stands in detect-recipe.
 */

interface KnownExport {
  readonly recipe: string;
  readonly why: string;
  /** The columns of each kind of file that is enough to tell the export, in snake case. */
  readonly files: readonly (readonly string[])[];
  /** Beside such a file others may stand: a folder of tables. Without it every file has to be of these kinds. */
  readonly folder?: true;
}

const KNOWN_EXPORTS: readonly KnownExport[] = [
  {
    recipe: "shopify-orders",
    why: "the columns are those of Shopify's orders export, a row per line item",
    files: [["name", "financial_status", "fulfillment_status", "created_at", "lineitem_quantity", "lineitem_name"]],
  },
  {
    recipe: "zendesk",
    why: "the columns are those of Zendesk's tickets",
    files: [
      ["id", "requester_id", "submitter_id", "via_channel", "created_at", "updated_at", "status"],
      ["id", "requester", "status", "created_at", "solved_at", "satisfaction_score"],
    ],
    folder: true,
  },
  {
    recipe: "freshdesk",
    why: "the columns are those of Freshdesk's tickets",
    files: [
      ["ticket_id", "status", "created_time", "resolved_time", "closed_time"],
      ["id", "requester_id", "responder_id", "source", "status", "created_at", "due_by", "fr_due_by"],
    ],
    folder: true,
  },
  {
    recipe: "chatwoot",
    why: "the columns are those of Chatwoot",
    files: [
      ["id", "display_id", "contact_id", "contact_inbox_id", "inbox_id", "created_at", "status"],
      ["rating", "feedback_comment", "contact_email_address", "recorded_date"],
      ["id", "inbox_id", "status", "created_at", "meta_sender_id", "can_reply"],
    ],
    folder: true,
  },
  {
    recipe: "olist-leads",
    why: "the columns are those of Olist's leads: mql_id, first_contact_date, origin",
    files: [["mql_id", "first_contact_date", "landing_page_id", "origin"]],
    folder: true,
  },
  {
    recipe: "hillstrom",
    why: "the columns are those of Hillstrom's e-mail test: segment, visit, conversion, spend",
    files: [["recency", "history", "segment", "visit", "conversion", "spend"]],
  },
  {
    recipe: "completejourney",
    why: "the columns are those of the Complete Journey: households, baskets, coupons",
    files: [
      ["household_id", "basket_id", "product_id", "sales_value", "transaction_timestamp"],
      ["household_id", "coupon_upc", "campaign_id", "redemption_date"],
    ],
    folder: true,
  },
];

/**
 * The export that all these files are.
 * @param keys the columns of each file, in snake case
 */
export function detectTableExport(
  keys: readonly ReadonlySet<string>[],
): { readonly recipe: string; readonly why: string } | undefined {
  return KNOWN_EXPORTS.find(({ files, folder }) => {
    const isKnown = (file: ReadonlySet<string>) => files.some((columns) => columns.every((column) => file.has(column)));
    return folder ? keys.some(isKnown) : keys.length > 0 && keys.every(isKnown);
  });
}
