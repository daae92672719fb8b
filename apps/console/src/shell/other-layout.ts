const latin = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const russian = 'ёйцукенгшщзхъфывапролджэячсмитьбю';

/** The text as the same keys would have written it in the other layout. */
export const otherLayout = (text: string): string =>
  [...text.toLowerCase()]
    .map((sign) => {
      const [inLatin, inRussian] = [latin.indexOf(sign), russian.indexOf(sign)];
      if (inLatin >= 0) return russian[inLatin];
      return inRussian >= 0 ? latin[inRussian] : sign;
    })
    .join('');
