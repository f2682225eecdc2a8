"use client";

import { Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useEditorState } from "../editor/use-change";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { SendTestDialog } from "./send-test-dialog";

/** The way to try a receiver out, for its head. */
export function SendTest({ receiverId }: { receiverId: string }) {
  const t = useTranslations("test-sends");
  const tenant = useTenant();
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const known = useEditorState(
    ({ document }) => document.config.receivers?.some(({ id }) => id === receiverId) ?? false,
  );
  if (!known || !tenant.can("configuration:edit")) return null;
  return (
    <>
      <Button ref={trigger} onClick={() => setOpen(true)}>
        <Send aria-hidden />
        {t("send")}
      </Button>
      {open ? <SendTestDialog receiverId={receiverId} trigger={trigger} close={() => setOpen(false)} /> : null}
    </>
  );
}
