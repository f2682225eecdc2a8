import { Search } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { Input } from "./input";

type SearchInputProps = Omit<ComponentProps<typeof Input>, "onChange" | "type"> & {
  /** Its name, and what stands in it while it is empty. */
  label: string;
  value: string;
  onChange: (text: string) => void;
};

export function SearchInput({ label, onChange, className, ...props }: SearchInputProps) {
  return (
    <div className={cn("relative", className)}>
      <Search
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted"
        aria-hidden
      />
      <Input
        type="search"
        className="pl-8"
        placeholder={label}
        aria-label={label}
        onChange={(event) => onChange(event.target.value)}
        {...props}
      />
    </div>
  );
}
