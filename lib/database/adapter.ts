import { PrismaPg } from "@prisma/adapter-pg";

type Adapter = Awaited<ReturnType<PrismaPg["connect"]>>;
type Asked = Pick<Adapter, "queryRaw" | "executeRaw">;

const QUALIFIED = /"public"\./g;

/**
 * Prisma names each table with the schema `public`. Without it, the transaction's search path says which tables are meant: those
 * that tenants share, or a tenant's own. No text of ours is quoted like that: values are parameters.
 */
function unqualified<Queryable extends Asked>(queryable: Queryable): Queryable {
  const query = queryable.queryRaw.bind(queryable);
  const execute = queryable.executeRaw.bind(queryable);
  queryable.queryRaw = (given) => query({ ...given, sql: given.sql.replace(QUALIFIED, "") });
  queryable.executeRaw = (given) => execute({ ...given, sql: given.sql.replace(QUALIFIED, "") });
  return queryable;
}

export class UnqualifiedPg extends PrismaPg {
  override async connect(): Promise<Adapter> {
    const adapter = unqualified(await super.connect());
    const start = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolation) => unqualified(await start(isolation));
    return adapter;
  }
}
