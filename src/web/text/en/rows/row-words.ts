/** What the pages of one settings table say of their own. */
export interface RowWords {
  /** Of the list, and in the menu's words. */
  readonly title: string;
  /** Under the title: what the table does, and when a change counts. */
  readonly lead: string;
  /** One entry, for "Add {entry}": small letters, no article. */
  readonly one: string;
  /** When the table is empty: what that means, and what an entry would do. */
  readonly none: string;
  readonly noneText: string;
}
