/**
 * What comes next for one customer: the forecast and why, the next best step, the likeliest products.
 * What happened so far is in customer-journey.ts; all customers by rank are in repurchase-customers.ts.
 */
import { AppError } from "../domain/app-error.ts";
import { PERSON } from "../domain/journey-definition.ts";
import { chooseNextStep } from "../domain/next-step.ts";
import { dayToDate } from "./calendar-day.ts";
import { type AnalysisContext, seeHidden } from "./context.ts";
import { ANALYSIS_SETTINGS, buildJourneyFrame, type JourneyScope } from "./journey-frame.ts";
import {
  type CustomerBasis,
  describeBasis,
  type ForecastBasis,
  readCustomerBasis,
} from "./repurchase/customer-basis.ts";
import { forecastCustomers } from "./repurchase/forecast-customers.ts";
import { foretellProducts } from "./repurchase/next-products.ts";
import { readCustomer } from "./repurchase/read-customers.ts";
import { findRecentTrouble } from "./repurchase/recent-trouble.ts";
import {
  type CustomerForecast,
  type RepurchaseCustomerQuery,
  type RepurchaseCustomerReport,
  repurchaseCustomerQuerySchema,
} from "./repurchase-schema.ts";

const PRODUCTS = 10;
/** A product is due from so many days before its day to so many after it: later the interval has been missed. */
const DUE_SOON = 14;
const DUE_STILL = 60;

async function findCustomer(context: AnalysisContext, customer: string): Promise<void> {
  const [found] = await context.store.query<{ known: number }>(
    `SELECT known FROM ${context.source}
WHERE ownerType = '${PERSON}' AND owner = cityHash64({customer:String}) AND ownerId = {customer:String}`,
    { params: { customer }, settings: ANALYSIS_SETTINGS },
  );
  if (!found) throw new AppError("not-found", `There is no customer «${customer}» in this workspace.`, { customer });
}

async function forecastOne(
  context: AnalysisContext,
  scope: JourneyScope,
  customer: string,
  basis: ForecastBasis,
): Promise<CustomerForecast | null> {
  const row = await readCustomer(context, scope, basis.span.end, customer);
  return row === null ? null : (forecastCustomers([row], basis)[0] ?? null);
}

type NextProducts = RepurchaseCustomerReport["nextProducts"];

async function chooseStep(
  context: AnalysisContext,
  { customer, state, segment }: CustomerForecast,
  products: NextProducts,
  end: number,
): Promise<RepurchaseCustomerReport["nextStep"]> {
  const [soon, still] = [dayToDate(end + DUE_SOON), dayToDate(end - DUE_STILL)];
  const due = products.find((product) => product.due !== null && product.due <= soon && product.due >= still);
  return chooseNextStep({
    ...{ state, segment },
    due: due?.due ? { product: due.product, day: due.due } : null,
    trouble: await findRecentTrouble(context, customer, end),
  });
}

/**
 * `forecast` and `nextStep` are null for who has never bought, is not in scope, or below the floor.
 * @param known of readCustomerBasis for the same scope and models, where it has been asked before
 * @throws AppError not-found (customer), invalid (filter)
 */
export async function analyzeRepurchaseCustomer(
  workspace: AnalysisContext,
  input: RepurchaseCustomerQuery,
  known?: CustomerBasis,
): Promise<RepurchaseCustomerReport> {
  const context = seeHidden(workspace);
  const query = repurchaseCustomerQuerySchema.parse(input);
  const { customer, from, to, outside, where } = query;
  await findCustomer(context, customer);
  const scope = { from, to, outside, where };
  const basis = known ?? (await readCustomerBasis(context, query));
  const { span } = basis;
  const beside = { ...describeBasis(context, query, basis), customer };
  const everybody = buildJourneyFrame(context, { ...scope, journey: "life" });
  const nextProducts = span === null ? [] : await foretellProducts(context, everybody, customer, PRODUCTS);
  const forecast = basis.forecast && (await forecastOne(context, scope, customer, basis.forecast));
  if (span === null || forecast === null) return { ...beside, forecast, nextStep: null, nextProducts };
  return { ...beside, forecast, nextStep: await chooseStep(context, forecast, nextProducts, span.end), nextProducts };
}
