"use client";

import { useQueryClient } from "@tanstack/react-query";
import { liveQuery, targetsQuery } from "../editor/queries";
import { SaveExpectation } from "../expectations/save-expectation";
import { useTenant } from "../http/tenant-context";

/** Where an alert of the past goes with what is live shall stay so. */
export function ExpectAlert({ labels }: { labels: Readonly<Record<string, string>> }) {
  const tenant = useTenant();
  const client = useQueryClient();
  const receiversOf = async () => {
    const [live, targets, routing] = await Promise.all([
      client.fetchQuery({ ...liveQuery(tenant), staleTime: 10_000 }),
      client.fetchQuery({ ...targetsQuery(tenant), staleTime: 10_000 }),
      import("./activity"),
    ]);
    // Before the first publication a document stands there that nobody wrote.
    if (live.revision === null) return [];
    return routing.receiversOf(live.document.config, targets[0]?.profile, labels);
  };
  return <SaveExpectation labels={labels} receiversOf={receiversOf} />;
}
