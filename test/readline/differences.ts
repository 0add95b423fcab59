/** Cases whose screens are not Readline's, by the beginning of their names, each with the reason. */
export const DIFFERENCES: Readonly<Record<string, string>> = {
  'C-c in a search':
    'Readline writes ^C where the cursor is, over the line; here the line is shown once more as it was found, with ^C behind it',
  'a paste of two lines': 'the continuation prompt stands before further lines; Readline shows nothing there',
  'numeric arguments':
    'M-- and a digit is that number negative, as the manual has it; Readline takes the 1 of M-- for a digit',
  'wider and narrower': 'Readline leaves a row of the old drawing behind where the window has become narrower',
}

export function differenceOf(name: string): string | undefined {
  return Object.entries(DIFFERENCES).find(([beginning]) => name.startsWith(beginning))?.[1]
}
