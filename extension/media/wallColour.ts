/** In the colour of the panel's stage: nobody takes a plain wall of it for a broken picture. RGB. */
export const WALL_COLOUR = [0x2b, 0x24, 0x20] as const;
