import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PooledClient } from "./pooled-client";
import { type StatementNames, statementNames } from "./statement-names";

type Adapter = Awaited<ReturnType<PrismaPg["connect"]>>;
type Asked = Pick<Adapter, "queryRaw" | "executeRaw">;
type Config = ConstructorParameters<typeof PrismaPg>[0];

const QUALIFIED = /"public"\./g;

function codeOf(error: unknown): string | undefined {
  const cause = error instanceof Error && typeof error.cause === "object" ? error.cause : null;
  return cause && "originalCode" in cause && typeof cause.originalCode === "string" ? cause.originalCode : undefined;
}

/**
 * Prisma names each table with the schema `public`. Without it, the transaction's search path says which tables are meant: those
 * that tenants share, or a tenant's own. No text of ours is quoted like that: values are parameters.
 */
function unqualified<Queryable extends Asked>(queryable: Queryable, names: StatementNames): Queryable {
  const query = queryable.queryRaw.bind(queryable);
  const execute = queryable.executeRaw.bind(queryable);
  const refused = (error: unknown): never => {
    names.failed(codeOf(error));
    throw error;
  };
  queryable.queryRaw = (given) => query({ ...given, sql: given.sql.replace(QUALIFIED, "") }).catch(refused);
  queryable.executeRaw = (given) => execute({ ...given, sql: given.sql.replace(QUALIFIED, "") }).catch(refused);
  return queryable;
}

/** A pool that somebody made is theirs. */
const pooled = (config: Config): Config =>
  typeof config === "object" && !(config instanceof pg.Pool) ? { ...config, Client: PooledClient } : config;

/** What a connection keeps prepared is planned again when the search path is another one than before. */
export class UnqualifiedPg extends PrismaPg {
  readonly #names: StatementNames;

  constructor(config: Config) {
    const names = statementNames();
    super(pooled(config), { statementNameGenerator: ({ sql }) => names.nameOf(sql) });
    this.#names = names;
  }

  override async connect(): Promise<Adapter> {
    const adapter = unqualified(await super.connect(), this.#names);
    const start = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolation) => unqualified(await start(isolation), this.#names);
    return adapter;
  }
}
