import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";

type MoreProps = { id: string; open: boolean; onToggle: () => void; label: string };

/** Opens the row with this id, which stands below its own. */
export function MoreButton({ id, open, onToggle, label }: MoreProps) {
  return (
    <Button
      variant="quiet"
      size="icon-sm"
      aria-expanded={open}
      aria-controls={id}
      aria-label={label}
      onClick={onToggle}
    >
      <ChevronRight className={cn("transition-transform", open && "rotate-90")} aria-hidden />
    </Button>
  );
}

/** What else there is to a row, across all columns. */
export function MoreTr({ id, columns, children }: { id: string; columns: number; children: ReactNode }) {
  return (
    <tr id={id} className="border-b bg-hover">
      <td colSpan={columns} className="px-4 pb-3">
        {children}
      </td>
    </tr>
  );
}
