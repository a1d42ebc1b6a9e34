/**
 * The same map by DuckDB, from raw events: every column of the contract, the fastest plain SQL we found.
 * It is the yardstick of the benchmark and, on small logs, a second opinion on the numbers.
 */
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

export interface DuckNode {
  readonly touchpoint: string;
  readonly events: number;
  readonly customers: number;
  readonly starts: number;
  readonly ends: number;
}
export interface DuckEdge {
  readonly from: string;
  readonly to: string;
  readonly transitions: number;
  readonly customers: number;
  readonly medianSeconds: number;
  readonly p90Seconds: number;
}

export class DuckDbMap {
  readonly #connection: DuckDBConnection;

  private constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  /** Loads the CSV into a table in memory; `position` keeps the order of ties. */
  static async open(path: string): Promise<DuckDbMap> {
    const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
    const connection = await instance.connect();
    await connection.run(
      `CREATE TABLE events AS SELECT row_number() OVER () AS position, customer, event, timestamp, channel, value, plan
FROM read_csv($path, header = true, columns = {customer: 'VARCHAR', event: 'VARCHAR', timestamp: 'TIMESTAMP',
  channel: 'VARCHAR', value: 'DECIMAL(18, 4)', plan: 'VARCHAR'})`,
      { path },
    );
    return new DuckDbMap(connection);
  }

  close(): void {
    this.#connection.closeSync();
  }

  /** A life is one journey, so an edge's journeys are its customers. */
  async map(where: string): Promise<{ nodes: DuckNode[]; edges: DuckEdge[] }> {
    await this.#connection.run(
      `CREATE OR REPLACE TEMP TABLE steps AS
SELECT customer, event, lag(event) OVER journey AS before, epoch_ms(timestamp) - lag(epoch_ms(timestamp)) OVER journey AS gap,
  lead(event) OVER journey IS NULL AS last
FROM events WHERE ${where}
WINDOW journey AS (PARTITION BY customer ORDER BY timestamp, position)`,
    );
    const nodes = await this.#rows<DuckNode>(
      `SELECT event AS touchpoint, count(*)::INT AS events, count(DISTINCT customer)::INT AS customers,
  count(*) FILTER (before IS NULL)::INT AS starts, count(*) FILTER (last)::INT AS ends FROM steps GROUP BY event`,
    );
    const edges = await this.#rows<DuckEdge>(
      `SELECT before AS "from", event AS "to", count(*)::INT AS transitions, count(DISTINCT customer)::INT AS customers,
  quantile_cont(gap, 0.5) / 1000 AS "medianSeconds", quantile_cont(gap, 0.9) / 1000 AS "p90Seconds"
FROM steps WHERE before IS NOT NULL GROUP BY before, event`,
    );
    return { nodes, edges };
  }

  async #rows<Row>(sql: string): Promise<Row[]> {
    return (await this.#connection.runAndReadAll(sql)).getRowObjectsJson() as Row[];
  }
}
