// Bounds and times of Key Vault. Where no source is named: its service limits on Microsoft Learn.

/** Characters of a secret's value, in UTF-8 bytes: "Secrets: 25k". */
export const secretBytesMax = 25_600;
export const contentTypeCharactersMax = 255;
export const tagsMax = 15;
/** SDK documentation says 512; the limits page 256 for keys. The wider one is kept. */
export const tagCharactersMax = 512;
export const nameShape = /^[0-9a-zA-Z-]{1,127}$/;
/** Versions have 32 hexadecimal digits. */
export const versionShape = /^[0-9a-fA-F]{32}$/;
export const pageMax = 25;
/** Records looked at for one page of a list that filters; then an empty page with a link goes out. */
export const scannedPerPageMax = 1_000;
/** "Backup: 500 past versions" (Key Vault backup). */
export const backupVersionsMax = 500;
/** A backup of 500 versions is the largest body. Ours. */
export const bodyBytesMax = 8_388_608;
export const randomBytesMax = 128;
/** Plain text of symmetric encryption. Ours, above anything documented. */
export const plainBytesMax = 65_536;
export const contactsMax = 100;
export const x5cMax = 32;

/** Retention of soft-deleted vaults and objects in days. */
export const retentionDaysDefault = 90;
export const retentionDaysMin = 7;
/** Entries of a vault's access policies. */
export const accessPoliciesMax = 1_024;
export const ipRulesMax = 1_000;
export const vaultNameShape = /^[a-zA-Z](?!.*--)[a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/;

/** Deletion and recovery take seconds in Azure; the SDKs' pollers must see them happen. */
export const transitionMsDefault = 1_000;
/** Azure takes 7 to 11 seconds to sign by itself; the first poll must find it in progress. */
export const issuanceMsDefault = 1_000;
/** A self-signed certificate begins ten minutes early. Observed. */
export const certificateBackdateMs = 600_000;
/** How long before expiry the near-expiry event comes, and the default Notify action of keys. */
export const nearExpiryDays = 30;
/** Rotation closer than this to creation or expiry is refused. */
export const rotationDaysMin = 7;
/** Tolerance for `nbf` and `exp` of tokens, as Microsoft's validators have it. */
export const tokenSkewMs = 300_000;

/** The client id of Key Vault in every tenant; a valid audience beside its URL. */
export const vaultApplicationId = 'cfa8b339-82a2-471a-a3c9-0fc0be7a4093';

/** Newest first. */
export const apiVersions = [
  '2025-07-01',
  '7.6',
  '7.5',
  '7.4',
  '7.3',
  '7.2',
  '7.1',
  '7.0',
  '2016-10-01',
  '2015-06-01',
] as const;

/** Of Microsoft.KeyVault, newest first. */
export const armApiVersions = [
  '2026-02-01',
  '2025-05-01',
  '2024-11-01',
  '2023-07-01',
  '2023-02-01',
  '2022-07-01',
  '2021-10-01',
  '2019-09-01',
  '2018-02-14',
  '2016-10-01',
] as const;
