"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Lock, Plus, Server, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { OperatorTargetDto } from "@/lib/targets/contract";
import { api } from "../http/api";
import { FormDialog } from "../http/form-dialog";
import { Loaded } from "../http/loaded";
import { Tag } from "../ui/badge";
import { Button } from "../ui/button";
import { Card, CardAside, CardHeader, CardTitle } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { ActionsTh, Table, Td, Th, Tr } from "../ui/table";
import { useToast } from "../ui/toast";
import { EditInjected } from "./edit-injected";
import { NewTarget } from "./new-target";
import { operatorTargetsQuery } from "./queries";
import { useTenantNames } from "./tenant-names";

export function OperatorTargets() {
  const t = useTranslations("platform.targets");
  const [adding, setAdding] = useState(false);
  const [injecting, setInjecting] = useState<OperatorTargetDto | null>(null);
  const [removing, setRemoving] = useState<OperatorTargetDto | null>(null);
  const query = useQuery(operatorTargetsQuery);
  const tenantName = useTenantNames(query.data?.map(({ tenantId }) => tenantId) ?? []);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardAside>
          {query.data ? <span>{query.data.length}</span> : null}
          <Button size="sm" onClick={() => setAdding(true)}>
            <Plus aria-hidden />
            {t("add")}
          </Button>
        </CardAside>
      </CardHeader>
      <Loaded query={query} className="m-4">
        {(data) =>
          data.length === 0 ? (
            <EmptyState icon={Server} title={t("none")}>
              {t("noneText")}
            </EmptyState>
          ) : (
            <Table label={t("title")}>
              <thead>
                <tr>
                  <Th>{t("name")}</Th>
                  <Th>{t("tenant")}</Th>
                  <Th>{t("kind")}</Th>
                  <Th>{t("places")}</Th>
                  <ActionsTh />
                </tr>
              </thead>
              <tbody>
                {data.map((target) => (
                  <Tr key={target.id}>
                    <Td className="font-mono text-12 font-medium">
                      {target.name}
                      {target.injectedMatchers.map((matcher) => (
                        <span key={matcher} className="block font-normal text-muted">
                          {matcher}
                        </span>
                      ))}
                    </Td>
                    <Td>{tenantName(target.tenantId)}</Td>
                    <Td>
                      <Tag mono>{target.kind}</Tag>
                    </Td>
                    <Td>
                      <ul className="grid gap-0.5 font-mono text-12">
                        {target.places.map((place) => (
                          <li key={place.replica} className="[overflow-wrap:anywhere]">
                            {place.path}
                            {place.url ? <span className="block text-muted">{place.url}</span> : null}
                          </li>
                        ))}
                      </ul>
                    </Td>
                    <Td numeric className="whitespace-nowrap">
                      <Button
                        variant="quiet"
                        size="icon-sm"
                        aria-label={t("editInjected", { name: target.name })}
                        onClick={() => setInjecting(target)}
                      >
                        <Lock aria-hidden />
                      </Button>
                      <Button
                        variant="quiet"
                        size="icon-sm"
                        aria-label={t("remove", { name: target.name })}
                        onClick={() => setRemoving(target)}
                      >
                        <Trash2 aria-hidden />
                      </Button>
                    </Td>
                  </Tr>
                ))}
              </tbody>
            </Table>
          )
        }
      </Loaded>
      {adding ? <NewTarget onClose={() => setAdding(false)} /> : null}
      {injecting ? <EditInjected target={injecting} onClose={() => setInjecting(null)} /> : null}
      {removing ? <RemoveTarget target={removing} onClose={() => setRemoving(null)} /> : null}
    </Card>
  );
}

/** The one question of its kind: the credentials go with the target, so there is no undo. */
function RemoveTarget({ target, onClose }: { target: OperatorTargetDto; onClose: () => void }) {
  const t = useTranslations("platform.targets");
  const common = useTranslations("common");
  const client = useQueryClient();
  const { toast } = useToast();
  const remove = useMutation({
    mutationFn: () => api(`/api/platform/targets/${target.id}`, { method: "DELETE" }),
    onSuccess: async () => {
      toast({ title: t("removed", { name: target.name }) });
      await client.invalidateQueries({ queryKey: operatorTargetsQuery.queryKey });
      onClose();
    },
  });
  return (
    <FormDialog
      title={t("removeTitle", { name: target.name })}
      description={t("removeText")}
      act={remove}
      submit={common("remove")}
      danger
      onSubmit={() => remove.mutate()}
      onClose={onClose}
    />
  );
}
