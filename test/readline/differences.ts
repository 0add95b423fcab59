/** Cases whose screens are not Readline's, by the beginning of their names, each with the reason. */
export const DIFFERENCES: Readonly<Record<string, string>> = {
  'C-c in a search': 'C-c in a search shows the line again with ^C behind it; Readline writes ^C over the line',
  'a paste of two lines': 'in a paste, the continuation prompt precedes further lines; Readline shows none',
  'numeric arguments': 'after M--, M-2 makes -2, as the manual says; in Readline it makes -12',
  'wider and narrower': 'after narrowing the window, Readline leaves a row of the old drawing behind',
}

export function differenceOf(name: string): string | undefined {
  return Object.entries(DIFFERENCES).find(([beginning]) => name.startsWith(beginning))?.[1]
}
