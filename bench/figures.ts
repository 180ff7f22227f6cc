/** What a measurement found, by name; the unit is the end of the name. */
export type Figures = Readonly<Record<string, number>>;
