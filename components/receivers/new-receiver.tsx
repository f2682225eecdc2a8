"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useRoom } from "../plan/room";
import { Button } from "../ui/button";
import { late, useLate, wantEarly } from "../ui/late";

const dialog = late(async () => (await import("./new-receiver-dialog")).NewReceiverDialog);

export function NewReceiver({ count }: { count: number }) {
  const t = useTranslations("receivers");
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const Dialog = useLate(dialog);
  const full = useRoom("receivers", count)?.full ?? false;
  return (
    <>
      <Button
        ref={trigger}
        variant="primary"
        disabled={full}
        aria-haspopup="dialog"
        aria-expanded={open && Dialog !== null}
        {...wantEarly(dialog)}
        onClick={() => {
          dialog.want();
          setOpen(true);
        }}
      >
        <Plus aria-hidden />
        {t("new")}
      </Button>
      {Dialog ? <Dialog open={open} onOpenChange={setOpen} trigger={trigger} /> : null}
    </>
  );
}
