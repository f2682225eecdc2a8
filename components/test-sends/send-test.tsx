"use client";

import { Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useEditorState } from "../editor/use-change";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { late, useLate, wantEarly } from "../ui/late";

const dialog = late(async () => (await import("./send-test-dialog")).SendTestDialog);

/** The way to try a receiver out, for its head. */
export function SendTest({ receiverId }: { receiverId: string }) {
  const t = useTranslations("test-sends");
  const tenant = useTenant();
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const SendTestDialog = useLate(dialog);
  const known = useEditorState(
    ({ document }) => document.config.receivers?.some(({ id }) => id === receiverId) ?? false,
  );
  if (!known || !tenant.can("configuration:edit")) return null;
  return (
    <>
      <Button
        ref={trigger}
        pending={open && SendTestDialog === null}
        onClick={() => {
          dialog.want();
          setOpen(true);
        }}
        {...wantEarly(dialog)}
      >
        <Send aria-hidden />
        {t("send")}
      </Button>
      {open && SendTestDialog ? (
        <SendTestDialog receiverId={receiverId} trigger={trigger} close={() => setOpen(false)} />
      ) : null}
    </>
  );
}
