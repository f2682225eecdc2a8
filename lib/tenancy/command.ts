import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { append, lockLog, type NewEvent, staleVersion } from "@/lib/audit";
import { directoryOf, type Transaction, withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { authorise } from "./authorise";
import { authorOf, type TenantContext } from "./context";
import type { Permission } from "./contract";
import { followLog, knowDirectoryStream, markFollowed } from "./directory-projection";
import { measured } from "./measured";
import { personKey } from "./personal-data/person-keys";
import { type PersonalFields, sealEvents } from "./personal-data/sealed-events";
import { requireStepUp } from "./second-factor/require-step-up";
import { readState, streamMemory } from "./stream-memory";
import type { Feature } from "./tiers/contract";
import { type QuotaUse, refuseBeyond, refuseUnlessActive, refuseWithout } from "./tiers/enforce";
import { planOf } from "./tiers/plan-of";

export interface Projection<State, Event extends NewEvent> {
  tenantId: string;
  streamId: string;
  /** After `events`. */
  state: State;
  events: readonly Event[];
  version: number;
  now: Date;
}

/** What a verb writes to: one stream of events, folded to its state, and the table that queries read. */
export interface StreamDefinition<State, Event extends NewEvent, Input> {
  type: string;
  /** Its table belongs to the directory of the installation (members, sign-in …), not to the data of the tenant. */
  directory?: true;
  /** Texts in its events that tell of a person: the log keeps them sealed, under that person's key. `project` sees them as they are. */
  personal?: PersonalFields;
  id(input: Input): string;
  initial: State;
  evolve(state: State, event: Event): State;
  /** Of a directory's stream it may be called again, with all events: what it writes follows from the state alone. */
  project(tx: Transaction, projection: Projection<State, Event>): Promise<void>;
  /** Refuses, by throwing, what the role includes but this actor may not do. */
  permit?(before: State, after: State, events: readonly Event[], tools: CommandTools): Promise<void>;
  /** What a command would make of things that a tier counts; beyond the limit nothing is appended. */
  quotas?(before: State, after: State, tools: CommandTools): readonly QuotaUse[] | Promise<readonly QuotaUse[]>;
}

export interface CommandTools {
  now: Date;
  newId(): string;
  ctx: TenantContext;
  /** Sees what belongs to the tenant: its log, configuration, targets … */
  tx: Transaction;
  /** Sees the directory (tenants, people, members, how they sign in), which stays where it is when a tenant's data move. */
  directory: Transaction;
  streamId: string;
  /** Of the stream before this command; after it, it is higher by the number of events. 0: there is no such stream yet. */
  version: number;
}

/** `answer` is asked when everything is written, in the same transaction, with the state that came of it. */
export type Decision<Event extends NewEvent, Result, State> =
  | { events: readonly Event[]; result: Result }
  | { events: readonly Event[]; answer(after: State): Promise<Result> };

export interface CommandOptions {
  expectedVersion?: number;
}

export interface CommandDefinition<Schema extends z.ZodType, State, Event extends NewEvent> {
  name: string;
  permission: Permission;
  input: Schema;
  stream: StreamDefinition<State, Event, z.output<Schema>>;
  /** Refused for tenants whose tier does not include it. */
  feature?: Feature;
  /** Asks for a proof of the last quarter of an hour that it is still the same person; a token's scope stands for it. */
  stepUp?: true | ((input: z.output<Schema>) => boolean);
  /** Of whom the texts tell that its stream calls `personal`; null: of nobody. Without it they are refused. */
  personal?: (input: z.output<Schema>, ctx: TenantContext) => string | null;
  /** For what operators do about a tenant, and for how work that is under way ends: also where nothing else may be written. */
  inAnyState?: true;
}

export type Command<Input, Result> = (ctx: TenantContext, input: Input, options?: CommandOptions) => Promise<Result>;

/** The only writer: whatever a handler does, authorisation, audit and the tenant's wall were there before it. */
export function command<Schema extends z.ZodType, State, Event extends NewEvent, Emitted extends Event, Result>(
  {
    name,
    permission,
    input: schema,
    stream,
    feature,
    stepUp,
    personal,
    inAnyState,
  }: CommandDefinition<Schema, State, Event>,
  handler: (
    state: State,
    input: z.output<Schema>,
    tools: CommandTools,
  ) => Promise<Decision<Emitted, Result, State>> | Decision<Emitted, Result, State>,
): Command<z.input<Schema>, Result> {
  const memory = streamMemory<State>(stream);
  knowDirectoryStream(stream);
  return (ctx, given, { expectedVersion } = {}) =>
    measured(name, async () => {
      await authorise(ctx, permission, name);
      const plan = await planOf(ctx.tenantId);
      if (!inAnyState) refuseUnlessActive(plan);
      if (feature) refuseWithout(plan, feature);
      const input = parseInput(schema, given);
      if (stepUp === true || stepUp?.(input)) requireStepUp(ctx.session);
      const about = personal?.(input, ctx);
      const key = about === undefined || about === null ? about : await personKey(about);
      return withTenant(ctx.tenantId, async (tx) => {
        const streamId = stream.id(input);
        const at = { type: stream.type, id: streamId };
        // Before reading, so that what the handler saw is what its events are appended to.
        const head = await lockLog(tx, ctx.tenantId);
        if (stream.directory) await followLog(tx, ctx.tenantId, Number(head.position));
        const { state: before, version: past } = await readState(tx, ctx.tenantId, at, stream, memory);
        const stale = expectedVersion !== undefined && expectedVersion !== past;
        // Of what is not there, or is another tenant's, the handler says that first.
        if (stale && past > 0) throw staleVersion(past);
        const now = new Date();
        const tools = { now, newId: randomUUID, ctx, tx, directory: directoryOf(tx), streamId, version: past };
        const decision = await handler(before, input, tools);
        if (stale) throw staleVersion(past);
        const { events } = decision;
        const state = events.reduce(stream.evolve, before);
        if (events.length > 0) {
          await stream.permit?.(before, state, events, tools);
          if (stream.quotas) await refuseBeyond(plan, await stream.quotas(before, state, tools));
          const told = stream.personal ? sealEvents(events, stream.personal, ctx.tenantId, key) : events;
          const version = await append(tx, authorOf(ctx), at, past, told, now, head);
          await stream.project(stream.directory ? tools.directory : tx, {
            tenantId: ctx.tenantId,
            streamId,
            state,
            events,
            version,
            now,
          });
          if (stream.directory) await markFollowed(tx, ctx.tenantId, Number(head.position) + events.length);
        }
        return "answer" in decision ? decision.answer(state) : decision.result;
      });
    });
}

export function parseInput<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path, message }));
  const [first] = issues;
  const where = first?.path.length ? `${first.path.join(".")}: ` : "";
  throw new AppError("invalid_input", `${where}${first?.message ?? "The input is not valid."}`, { issues });
}
