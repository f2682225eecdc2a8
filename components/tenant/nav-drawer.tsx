"use client";

import type { RefObject } from "react";
import type { Me } from "@/lib/tenancy/contract";
import { Dialog, DialogContent } from "../ui/dialog";
import { Nav } from "./nav";

export type NavDrawerProps = {
  me: Me;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  trigger: RefObject<HTMLElement | null>;
};

export function NavDrawer({ me, open, onOpenChange, trigger }: NavDrawerProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent trigger={trigger} shape="drawer" title="Signalbox">
        <Nav me={me} onNavigate={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}
