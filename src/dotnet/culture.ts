// What formatting and parsing take from a culture: number and date conventions.

/** System.Globalization.NumberFormatInfo; patterns are .NET's pattern numbers. */
export interface NumberConventions {
  readonly decimalSeparator: string;
  readonly groupSeparator: string;
  readonly groupSizes: readonly number[];
  readonly decimalDigits: number;
  readonly negativeSign: string;
  readonly positiveSign: string;
  readonly negativePattern: number;
  readonly currencySymbol: string;
  readonly currencyDecimalSeparator: string;
  readonly currencyGroupSeparator: string;
  readonly currencyDigits: number;
  readonly currencyPositivePattern: number;
  readonly currencyNegativePattern: number;
  readonly percentSymbol: string;
  readonly perMilleSymbol: string;
  readonly percentPositivePattern: number;
  readonly percentNegativePattern: number;
  readonly percentDigits: number;
  readonly nan: string;
  readonly positiveInfinity: string;
  readonly negativeInfinity: string;
}

/** System.Globalization.DateTimeFormatInfo, Gregorian calendar. */
export interface DateConventions {
  readonly shortDate: string;
  readonly longDate: string;
  readonly shortTime: string;
  readonly longTime: string;
  readonly monthDay: string;
  readonly yearMonth: string;
  readonly fullDateTime: string;
  readonly dateSeparator: string;
  readonly timeSeparator: string;
  readonly am: string;
  readonly pm: string;
  /** Sunday first. */
  readonly dayNames: readonly string[];
  readonly abbreviatedDayNames: readonly string[];
  readonly monthNames: readonly string[];
  readonly abbreviatedMonthNames: readonly string[];
  /** The form a month takes beside a day, where the language has one. */
  readonly monthGenitiveNames: readonly string[];
  readonly abbreviatedMonthGenitiveNames: readonly string[];
  readonly firstDayOfWeek: number;
}

export interface Culture {
  /** Empty for the invariant culture. */
  readonly name: string;
  readonly numbers: NumberConventions;
  readonly dates: DateConventions;
}

const english = {
  dayNames: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  abbreviatedDayNames: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
  monthNames: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  abbreviatedMonthNames: [
    'Jan',
    'Feb',
    'Mar',
    'Apr',
    'May',
    'Jun',
    'Jul',
    'Aug',
    'Sep',
    'Oct',
    'Nov',
    'Dec',
  ],
};

const invariantNumbers: NumberConventions = {
  decimalSeparator: '.',
  groupSeparator: ',',
  groupSizes: [3],
  decimalDigits: 2,
  negativeSign: '-',
  positiveSign: '+',
  negativePattern: 1,
  currencySymbol: '¤',
  currencyDecimalSeparator: '.',
  currencyGroupSeparator: ',',
  currencyDigits: 2,
  currencyPositivePattern: 0,
  currencyNegativePattern: 0,
  percentSymbol: '%',
  perMilleSymbol: '‰',
  percentPositivePattern: 0,
  percentNegativePattern: 0,
  percentDigits: 2,
  nan: 'NaN',
  positiveInfinity: 'Infinity',
  negativeInfinity: '-Infinity',
};

/** CultureInfo.InvariantCulture. */
export const invariantCulture: Culture = {
  name: '',
  numbers: invariantNumbers,
  dates: {
    ...english,
    monthGenitiveNames: english.monthNames,
    abbreviatedMonthGenitiveNames: english.abbreviatedMonthNames,
    shortDate: 'MM/dd/yyyy',
    longDate: 'dddd, dd MMMM yyyy',
    shortTime: 'HH:mm',
    longTime: 'HH:mm:ss',
    monthDay: 'MMMM dd',
    yearMonth: 'yyyy MMMM',
    fullDateTime: 'dddd, dd MMMM yyyy HH:mm:ss',
    dateSeparator: '/',
    timeSeparator: ':',
    am: 'AM',
    pm: 'PM',
    firstDayOfWeek: 0,
  },
};

/** CultureInfo.GetCultureInfo("en-US"), with plain blanks as the service prints them. */
export const englishCulture: Culture = {
  name: 'en-US',
  numbers: {
    ...invariantNumbers,
    decimalDigits: 2,
    currencySymbol: '$',
    currencyNegativePattern: 1,
    percentPositivePattern: 1,
    percentNegativePattern: 1,
    percentDigits: 2,
    positiveInfinity: '∞',
    negativeInfinity: '-∞',
  },
  dates: {
    ...invariantCulture.dates,
    shortDate: 'M/d/yyyy',
    longDate: 'dddd, MMMM d, yyyy',
    shortTime: 'h:mm tt',
    longTime: 'h:mm:ss tt',
    monthDay: 'MMMM d',
    yearMonth: 'MMMM yyyy',
    fullDateTime: 'dddd, MMMM d, yyyy h:mm:ss tt',
  },
};
