"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type RefObject, useState } from "react";
import { INTEGRATION_KEYS, INTEGRATIONS, type Receiver, type SecretFactsByRef } from "@/lib/alertmanager";
import type { TestCase, TestedIntegration } from "@/lib/test-sends/contract";
import { useEditor } from "../editor/change-context";
import { useEditorState, useEdits } from "../editor/use-change";
import { ErrorNotice } from "../http";
import { useTenant } from "../http/tenant-context";
import { planQuery } from "../plan/queries";
import { Room } from "../plan/room";
import { Button } from "../ui/button";
import { Dialog, DialogContent } from "../ui/dialog";
import { FormField } from "../ui/form-field";
import { Select } from "../ui/select";
import { Notice } from "../ui/severity";
import { addressee } from "./addressee";
import { Credentials } from "./credentials";
import { sendTest, testsQuery } from "./queries";
import { TestResults } from "./test-results";
import { ThroughTarget } from "./through-target";

type DialogProps = { receiverId: string; trigger: RefObject<HTMLElement | null>; close: () => void };

const ALL = "";
const CASES = ["firing", "both", "resolved"] as const satisfies readonly TestCase[];
const nameOf = ({ key, index }: TestedIntegration) => `${key}[${index}]`;

/** Who will get it, in which case, and what came of the last ones. */
export function SendTestDialog({ receiverId, trigger, close }: DialogProps) {
  const t = useTranslations("test-sends");
  const receiver = useEditorState(({ document }) => document.config.receivers?.find(({ id }) => id === receiverId));
  const secrets = useEditorState((state) => state.secrets);
  const [chosen, setChosen] = useState(ALL);
  const [testCase, setTestCase] = useState<TestCase>("firing");
  const { send, history } = useTests(receiverId);
  const all = receiver ? addresseesOf(receiver, secrets) : [];
  const told = all.filter((one) => chosen === ALL || nameOf(one) === chosen);
  const [only] = chosen === ALL ? [] : told;
  const results = send.data ?? latestOf(history.data ?? []);
  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent
        className="max-w-[640px]"
        trigger={trigger}
        title={t("title", { name: receiver?.name ?? "" })}
        description={t("description")}
        footer={
          <>
            <Button onClick={close}>{t("close")}</Button>
            <Button
              variant="primary"
              pending={send.isPending}
              disabled={told.length === 0}
              onClick={() =>
                send.mutate({ case: testCase, ...(only ? { integration: { key: only.key, index: only.index } } : {}) })
              }
            >
              {t("sendNow")}
            </Button>
          </>
        }
      >
        <div className="grid gap-3">
          <div className="grid gap-3 sm:grid-cols-2">
            <FormField id="test-integration" label={t("integration")}>
              {(control) => (
                <Select value={chosen} onChange={(event) => setChosen(event.target.value)} {...control}>
                  <option value={ALL}>{t("all", { count: all.length })}</option>
                  {all.map((one) => (
                    <option key={nameOf(one)} value={nameOf(one)}>
                      {one.label}
                    </option>
                  ))}
                </Select>
              )}
            </FormField>
            <FormField id="test-case" label={t("case")}>
              {(control) => (
                <Select
                  value={testCase}
                  onChange={(event) => setTestCase(CASES.find((one) => one === event.target.value) ?? "firing")}
                  {...control}
                >
                  {CASES.map((one) => (
                    <option key={one} value={one}>
                      {t(`cases.${one}`)}
                    </option>
                  ))}
                </Select>
              )}
            </FormField>
          </div>
          <Notice level={told.length === 0 ? "warning" : "info"} title={told.length === 0 ? t("nobody") : t("willGet")}>
            {told.length === 0 ? null : (
              <ul className="list-disc pl-4">
                {told.map((one) => (
                  <li key={nameOf(one)}>{one.label}</li>
                ))}
              </ul>
            )}
          </Notice>
          <Room quota="testSends" />
          {send.error ? <ErrorNotice error={send.error} /> : null}
          <section aria-live="polite" aria-label={t("results")}>
            {results.length > 0 ? <TestResults results={results} fresh={send.data !== undefined} /> : null}
          </section>
          <Credentials receiverId={receiverId} />
          <ThroughTarget receiverId={receiverId} />
        </div>
      </DialogContent>
    </Dialog>
  );
}

type Addressee = TestedIntegration & { label: string };

function addresseesOf(receiver: Receiver, secrets: SecretFactsByRef): Addressee[] {
  return INTEGRATION_KEYS.flatMap((key) =>
    (receiver[key] ?? []).map((integration, index) => {
      const name = addressee(integration, secrets);
      return { key, index, label: name === "" ? INTEGRATIONS[key].label : `${INTEGRATIONS[key].label} · ${name}` };
    }),
  );
}

/** Of each integration the last one. */
function latestOf<Result extends TestedIntegration>(results: readonly Result[]): Result[] {
  const latest = new Map<string, Result>();
  for (const result of results) if (!latest.has(nameOf(result))) latest.set(nameOf(result), result);
  return [...latest.values()];
}

type Press = { case: TestCase; integration?: TestedIntegration };

/** What is tried is what is saved, so everything is saved first. */
function useTests(receiverId: string) {
  const tenant = useTenant();
  const client = useQueryClient();
  const { store } = useEditor();
  const { flush } = useEdits();
  const history = useQuery(testsQuery(tenant, receiverId));
  const send = useMutation({
    mutationFn: async (press: Press) => {
      await flush();
      return sendTest(tenant, { changeId: store.state().change?.id ?? null, receiverId, ...press });
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: planQuery(tenant).queryKey });
      return client.invalidateQueries({ queryKey: testsQuery(tenant, receiverId).queryKey });
    },
  });
  return { send, history };
}
