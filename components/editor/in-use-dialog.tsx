"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Dialog, DialogContent } from "../ui/dialog";
import { FormField } from "../ui/form-field";
import { Select } from "../ui/select";
import type { RouteUse } from "./route-uses";

type InUseDialogProps = {
  name: string;
  uses: readonly RouteUse[];
  /** Who could take over. */
  others: readonly string[];
  /** Whether routes can do without; a receiver they cannot. */
  removable?: boolean;
  close: () => void;
  /** `null` takes it out of the routes. */
  replace: (replacement: string | null) => void;
};

const NOBODY = "";

/** Why it cannot go, with a way to each reason, and who takes over. */
export function InUseDialog({ name, uses, others, removable, close, replace }: InUseDialogProps) {
  const t = useTranslations("editor.inUse");
  const tenant = useTenant();
  const [replacement, setReplacement] = useState(others[0] ?? NOBODY);
  const nobody = replacement === NOBODY;
  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent
        title={t("title", { name })}
        description={t("text", { count: uses.length })}
        footer={
          <>
            <Button onClick={close}>{t("cancel")}</Button>
            <Button
              variant="danger"
              disabled={nobody && !removable}
              onClick={() => replace(nobody ? null : replacement)}
            >
              {t(nobody ? "removeAndDelete" : "replaceAndDelete")}
            </Button>
          </>
        }
      >
        <ul className="mb-4 max-h-56 overflow-y-auto rounded-md border">
          {uses.map(({ id, number, key, matchers }) => (
            <li key={`${id}-${key}`} className="border-b last:border-0">
              <Link
                href={`${tenant.href("routes")}?route=${encodeURIComponent(id)}`}
                className="flex min-h-8 items-baseline gap-3 px-3 py-1.5 font-mono text-12 text-text hover:bg-hover"
              >
                <span className="min-w-8 text-muted">{number === "" ? t("root") : number}</span>
                <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{matchers.join(", ") || t("anyAlert")}</span>
                <span className="text-muted">{key}</span>
              </Link>
            </li>
          ))}
        </ul>
        <FormField id="replacement" label={t("replaceWith")}>
          {(control) => (
            <Select mono value={replacement} onChange={(event) => setReplacement(event.target.value)} {...control}>
              {others.map((other) => (
                <option key={other} value={other}>
                  {other}
                </option>
              ))}
              {removable ? <option value={NOBODY}>{t("nothing")}</option> : null}
            </Select>
          )}
        </FormField>
      </DialogContent>
    </Dialog>
  );
}
