/** As `<input type="datetime-local">` wants it, in the browser's own zone. */
export function localText(instant: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${String(instant.getFullYear()).padStart(4, "0")}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`;
  return `${day}T${two(instant.getHours())}:${two(instant.getMinutes())}`;
}
