"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { ProviderInput } from "@/lib/tenancy/sign-in/contract";
import { api } from "../http/api";
import { useErrorText } from "../http/error-text";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Notice } from "../ui/severity";
import { signInQuery, signInTestQuery, startedSchema } from "./queries";
import { TestResult } from "./test-result";

/** A round trip with what stands in the form now, in a window of its own; this page waits for what comes back. */
export function TestRun({ input }: { input: () => ProviderInput }) {
  const t = useTranslations("sign-in.test");
  const tenant = useTenant();
  const client = useQueryClient();
  const explain = useErrorText();
  const [blocked, setBlocked] = useState<string | null>(null);
  const start = useMutation({
    // The window must be opened by the press itself, before the address is known.
    mutationFn: async (opened: Window | null) => {
      try {
        const body = input();
        const test = await api(tenant.endpoint("sign-in/tests"), { method: "POST", body, schema: startedSchema });
        if (opened) opened.location.replace(test.url);
        setBlocked(opened ? null : test.url);
        return test;
      } catch (error) {
        opened?.close();
        throw error;
      }
    },
  });
  const id = start.data?.id ?? "";
  const query = useQuery({ ...signInTestQuery(tenant, id), enabled: id !== "" });
  const outcome = query.data?.outcome;
  const passed = outcome?.problem === null;
  useEffect(() => {
    if (passed) void client.invalidateQueries({ queryKey: signInQuery(tenant).queryKey, exact: true });
  }, [passed, client, tenant]);
  const failure = start.error ?? query.error;
  const why = failure ? explain(failure) : null;
  return (
    <>
      <Button pending={start.isPending} onClick={() => start.mutate(window.open("about:blank", "_blank"))}>
        {t("run")}
      </Button>
      <div className="order-last grid w-full gap-2" aria-live="polite">
        {blocked ? (
          <a className="link" href={blocked} target="_blank" rel="noreferrer">
            {t("open")}
          </a>
        ) : null}
        {why ? (
          <Notice level="critical" title={why.title}>
            {why.detail}
          </Notice>
        ) : null}
        {outcome ? <TestResult outcome={outcome} /> : null}
        {id && !outcome && !failure ? <p className="text-soft">{t("waiting")}</p> : null}
      </div>
    </>
  );
}
