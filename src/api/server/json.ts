/**
 * The type of what JSON can say.
 * Shapes that mean something are schemas, elsewhere.
 */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}
