import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTenant } from "../http/tenant-context";
import { useEditor } from "./change-context";
import { expectationsQuery } from "./queries";

/** Tells the worker what shall stay true, so that what does not is among the problems while somebody edits. */
export function useWatchedExpectations(): void {
  const tenant = useTenant();
  const { worker, analyser, profiles } = useEditor();
  const { data } = useQuery(expectationsQuery(tenant));
  useEffect(() => {
    if (!data) return;
    worker.expect(data.map(({ id, expectation }) => ({ id, expectation })));
    analyser.judgeFor([...profiles]);
  }, [worker, analyser, profiles, data]);
}
