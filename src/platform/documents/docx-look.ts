/** Twentieths of a point: the width between the margins of an A4 page. */
export const WIDTH = 9_400
export const FONT = 'Arial'
export const FAINT = '666666'
