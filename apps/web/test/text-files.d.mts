/** Every file of English texts there is, as absolute paths. */
export const TEXT_FILES: readonly string[];
