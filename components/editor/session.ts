import type { QueryClient } from "@tanstack/react-query";
import type { ChangeDto } from "@/lib/configuration/contract";
import type { CurrentTenant } from "../http/tenant-context";
import { Analyser } from "./analyser";
import { chosenChange, rememberChange } from "./chosen-change";
import { DocumentStore, type Loaded } from "./document-store";
import { changeQuery, changesQuery, liveQuery, openChange, type TenantPlace, writeDocument } from "./queries";
import { WorkerClient } from "./worker-client";

/** What outlives a page: the document with its undo history, the worker and its findings. One per tenant and browser tab. */
export type EditorSession = { store: DocumentStore; worker: WorkerClient; analyser: Analyser };

const sessions = new Map<string, EditorSession>();

export function editorKey(tenant: TenantPlace) {
  return ["tenant", tenant.slug, "editor"] as const;
}

function create(tenant: TenantPlace, client: QueryClient): EditorSession {
  // The cache must never be behind the document, or the next page would be offered an old one.
  const note = (change: ChangeDto) => {
    const { document, secrets } = change;
    client.setQueryData(changeQuery(tenant, change.id).queryKey, change);
    client.setQueryData<Loaded>(editorKey(tenant), { change, document, secrets });
  };
  const store = new DocumentStore({
    open: async () => {
      const change = await openChange(tenant);
      rememberChange(tenant.slug, change.id);
      note(change);
      void client.invalidateQueries({ queryKey: ["tenant", tenant.slug, "changes"] });
      void client.invalidateQueries({ queryKey: ["tenant", tenant.slug, "summary"] });
      return change;
    },
    read: (id) => client.fetchQuery({ ...changeQuery(tenant, id), staleTime: 0 }),
    write: async (id, version, document) => {
      const change = await writeDocument(tenant, id, version, document);
      note(change);
      return change;
    },
    merge: async (...sides) => {
      const { mergeDocuments } = await import("@/lib/alertmanager/diff/merge-documents");
      return mergeDocuments(...sides);
    },
  });
  const worker = new WorkerClient();
  return { store, worker, analyser: new Analyser(store, worker) };
}

/** On the server nothing is kept: one person's document must never meet another's. */
export function editorSession(tenant: CurrentTenant, client: QueryClient): EditorSession {
  if (typeof window === "undefined") return create(tenant, client);
  const known = sessions.get(tenant.slug);
  if (known) return known;
  const session = create(tenant, client);
  sessions.set(tenant.slug, session);
  return session;
}

/** The change that this browser edits, else the newest open one, else what is live. */
export async function loadDocument(tenant: TenantPlace, client: QueryClient): Promise<Loaded> {
  const changes = await client.fetchQuery({ ...changesQuery(tenant), staleTime: 0 });
  // By now it is here, to judge their answer.
  const { isOpen } = await import("@/lib/configuration/contract");
  const open = changes.filter(({ status }) => isOpen(status));
  const chosen = chosenChange(tenant.slug);
  const pick = open.find(({ id }) => id === chosen) ?? open.toSorted((a, b) => b.number - a.number)[0];
  if (pick) {
    const change = await client.fetchQuery({ ...changeQuery(tenant, pick.id), staleTime: 0 });
    return { change, document: change.document, secrets: change.secrets };
  }
  rememberChange(tenant.slug, null);
  const live = await client.fetchQuery({ ...liveQuery(tenant), staleTime: 0 });
  return { change: null, document: live.document, secrets: live.secrets };
}

/** The pages edit this change from now on; with null, the newest open one or what is live. */
export function chooseChange(tenant: CurrentTenant, client: QueryClient, id: string | null): void {
  rememberChange(tenant.slug, id);
  client.removeQueries({ queryKey: editorKey(tenant) });
  editorSession(tenant, client).store.forget();
}
