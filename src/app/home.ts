/** The province this installation serves: places are looked for there first, its staff hear of what is nobody's. */
export const HOME = '12'; // Lai Châu
