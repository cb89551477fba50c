// Unpacks the Chromium that npm carries and prints where it lies. Without the variable its NSS libraries stay packed.
process.env.AWS_LAMBDA_JS_RUNTIME ??= "nodejs22.x";
const { default: chromium } = await import("@sparticuz/chromium");
console.log(await chromium.executablePath());
