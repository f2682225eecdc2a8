"use client";

import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { TokenDto } from "@/lib/tenancy/tokens/contract";
import { api } from "../http/api";
import { useFailureToast } from "../http/failure-toast";
import { Button } from "../ui/button";
import { ActionsTh, Table, Td, Th, Tr } from "../ui/table";
import { RelativeTime } from "../ui/time";
import { useToast } from "../ui/toast";

type Shown = Pick<TokenDto, "id" | "name" | "scopes" | "expiresAt" | "lastUsedAt" | "lastUsedFrom"> & {
  /** Where it is revoked. */
  path: string;
};

type TokenTableProps<Token extends Shown> = {
  tokens: readonly Token[];
  queryKey: QueryKey;
  /** Heading of the column that `owner` fills. */
  whose: string;
  owner: (token: Token) => ReactNode;
};

export function TokenTable<Token extends Shown>({ tokens, queryKey, whose, owner }: TokenTableProps<Token>) {
  const t = useTranslations("tokens");
  return (
    <Table label={t("title")}>
      <thead>
        <tr>
          <Th>{t("name")}</Th>
          <Th>{whose}</Th>
          <Th>{t("lastUsed")}</Th>
          <Th>{t("ends")}</Th>
          <ActionsTh />
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <TokenRow key={token.id} token={token} queryKey={queryKey} owner={owner(token)} />
        ))}
      </tbody>
    </Table>
  );
}

function TokenRow({ token, queryKey, owner }: { token: Shown; queryKey: QueryKey; owner: ReactNode }) {
  const t = useTranslations("tokens");
  const client = useQueryClient();
  const { toast } = useToast();
  const revoke = useMutation({
    mutationFn: () => api(token.path, { method: "DELETE" }),
    onSuccess: () => toast({ title: t("revoked", { name: token.name }) }),
    onError: useFailureToast(),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  return (
    <Tr>
      <Td>
        <span className="block font-medium [overflow-wrap:anywhere]">{token.name}</span>
        <span className="block font-mono text-12 text-muted [overflow-wrap:anywhere]">{token.scopes.join(" ")}</span>
      </Td>
      <Td>{owner}</Td>
      <Td className="text-soft">
        {token.lastUsedAt ? <RelativeTime value={token.lastUsedAt} /> : t("never")}
        {token.lastUsedFrom ? <code className="block text-12 text-muted">{token.lastUsedFrom}</code> : null}
      </Td>
      <Td className="whitespace-nowrap text-soft">
        <RelativeTime value={token.expiresAt} />
      </Td>
      <Td numeric>
        <Button
          variant="quiet"
          size="icon-sm"
          aria-label={t("revoke", { name: token.name })}
          pending={revoke.isPending}
          onClick={() => revoke.mutate()}
        >
          <Trash2 aria-hidden />
        </Button>
      </Td>
    </Tr>
  );
}
