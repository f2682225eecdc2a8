"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { erasureDtoSchema } from "@/lib/privacy/contract";
import type { Me } from "@/lib/tenancy/contract";
import { api } from "../http/api";
import { leave } from "../http/leave";
import { Button } from "../ui/button";
import { buttonVariants } from "../ui/button-variants";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { EraseDialog } from "./erase-dialog";
import { saveReceipt } from "./receipt";

/** What is known of whoever asks: to take away as a file, or to have erased with the account. */
export function OwnData({ me }: { me: Pick<Me, "email"> }) {
  const t = useTranslations("privacy");
  const [erasing, setErasing] = useState(false);
  const erase = useMutation({
    mutationFn: () => api("/api/me/erasure", { method: "POST", body: { email: me.email }, schema: erasureDtoSchema }),
    onSuccess: async ({ receipt }) => {
      if (receipt) saveReceipt(receipt);
      await leave("/signed-out");
    },
  });
  return (
    <>
      <Card>
        <CardHeader>
          <CardTitle>{t("exportTitle")}</CardTitle>
        </CardHeader>
        <CardBody className="grid justify-items-start gap-3">
          <p className="max-w-prose text-soft">{t("exportText")}</p>
          <a href="/api/me/export" download className={buttonVariants()}>
            {t("export")}
          </a>
        </CardBody>
      </Card>
      <Card>
        <CardHeader>
          <CardTitle>{t("eraseTitle")}</CardTitle>
        </CardHeader>
        <CardBody className="grid justify-items-start gap-3">
          <p className="max-w-prose text-soft">{t("eraseText")}</p>
          <Button variant="danger" onClick={() => setErasing(true)}>
            {t("eraseOwn")}
          </Button>
        </CardBody>
      </Card>
      {erasing ? (
        <EraseDialog
          email={me.email}
          title={t("eraseOwn")}
          text={t("forGood")}
          act={{ isPending: erase.isPending || erase.isSuccess, error: erase.error }}
          onErase={() => erase.mutate()}
          onClose={() => setErasing(false)}
        />
      ) : null}
    </>
  );
}
