//! Reaches the object stores: Amazon S3 and what speaks like it, Google Cloud Storage, Azure.
//!
//! In: `s3://bucket/prefix`, `gs://…`, `az://container/…`; credentials and everything else come from
//! the environment, by the names that each store's own programs use (`AWS_ACCESS_KEY_ID`,
//! `GOOGLE_APPLICATION_CREDENTIALS`, `AZURE_STORAGE_ACCOUNT_NAME`). Out: a client that tries again,
//! and faults in words that people can do something about.

use std::env;
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::path::Path;
use object_store::{ClientOptions, ObjectStore, RetryConfig};

use crate::error::{Error, Result};

/// How often a request is tried again: with pauses that double from a tenth of a second, some 25 s.
const MOST_RETRIES: usize = 8;

/// After this long a request has failed, however often it was tried.
const PATIENCE: Duration = Duration::from_secs(120);

const AMAZON: &str = "set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION, and AWS_ENDPOINT \
    for a store that is not Amazon's (`aws configure export-credentials --format env` prints them)";
const GOOGLE: &str = "set GOOGLE_APPLICATION_CREDENTIALS to the file with the key";
const AZURE: &str = "set AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY";

/// A client for the bucket, and the prefix that files are to have.
///
/// # Errors
///
/// No such kind of store, no name of a bucket, or settings in the environment that cannot be used.
pub fn connect(scheme: &str, rest: &str) -> Result<(Arc<dyn ObjectStore>, Path)> {
    let address = format!("{scheme}://{rest}");
    let unusable = |cause: object_store::Error| fault("use", &address, cause);
    let Some(hint) = hint(scheme) else {
        let message = format!("cannot write into `{address}`: there is no way to `{scheme}://`");
        return Err(Error::new(message).with_hint("name a folder, s3://, gs:// or az://"));
    };
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    if bucket.is_empty() {
        let message = format!("`{address}` names no bucket");
        return Err(
            Error::new(message).with_hint(format!("write it as `{scheme}://bucket/spring`"))
        );
    }
    let prefix = Path::parse(prefix.trim_end_matches('/')).map_err(|cause| {
        Error::new(format!("cannot write into `{address}`: {cause}")).caused_by(cause)
    })?;
    // Whoever uses the library may have chosen a provider already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let options = ClientOptions::new()
        .with_allow_http(is_local(scheme))
        .with_connect_timeout(Duration::from_secs(5));
    let retry = RetryConfig {
        max_retries: MOST_RETRIES,
        retry_timeout: PATIENCE,
        ..RetryConfig::default()
    };
    let store: object_store::Result<Arc<dyn ObjectStore>> = match scheme {
        "s3" => AmazonS3Builder::from_env()
            .with_bucket_name(bucket)
            .with_client_options(options)
            .with_retry(retry)
            .build()
            .map(|store| Arc::new(store) as _),
        "gs" => GoogleCloudStorageBuilder::from_env()
            .with_bucket_name(bucket)
            .with_client_options(options)
            .with_retry(retry)
            .build()
            .map(|store| Arc::new(store) as _),
        _ => MicrosoftAzureBuilder::from_env()
            .with_container_name(bucket)
            .with_client_options(options)
            .with_retry(retry)
            .build()
            .map(|store| Arc::new(store) as _),
    };
    Ok((
        store.map_err(|cause| unusable(cause).with_hint(hint))?,
        prefix,
    ))
}

fn hint(scheme: &str) -> Option<&'static str> {
    Some(match scheme {
        "s3" => AMAZON,
        "gs" => GOOGLE,
        "az" => AZURE,
        _ => return None,
    })
}

/// Whether people name a server themselves: only then may pictures travel in the open.
fn is_local(scheme: &str) -> bool {
    let names: &[&str] = match scheme {
        "s3" => &["AWS_ENDPOINT", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"],
        "az" => &[
            "AZURE_STORAGE_ENDPOINT",
            "AZURE_ENDPOINT",
            "AZURE_STORAGE_USE_EMULATOR",
        ],
        "gs" => &["GOOGLE_BASE_URL"],
        _ => &[],
    };
    names.iter().any(|name| env::var(name).is_ok())
}

/// A fault of a store, in plain words.
pub fn fault(verb: &str, address: &str, cause: object_store::Error) -> Error {
    let scheme = address.split("://").next().unwrap_or_default();
    let bucket = address.split('/').nth(2).unwrap_or_default();
    let hint = hint(scheme).unwrap_or_default();
    let told = innermost(&cause);
    let (what, hint) = match status(&cause, &told) {
        Some("404") => (
            format!("there is no bucket `{bucket}`, or nothing of that name in it"),
            "make it first, or look for slips in its name and in the region".to_owned(),
        ),
        Some("401") => (
            "the store does not know who we are".to_owned(),
            hint.to_owned(),
        ),
        Some("403") => (
            format!("permission denied{}", code(&told)),
            format!("listing, reading and writing must be allowed in `{bucket}`; else {hint}"),
        ),
        _ => (
            told.chars().take(LONGEST_TOLD).collect(),
            generic_hint(&cause, hint),
        ),
    };
    Error::new(format!("cannot {verb} `{address}`: {what}"))
        .with_hint(hint)
        .caused_by(cause)
}

/// What servers say is cut off behind so many characters: some send pages.
const LONGEST_TOLD: usize = 200;

/// The status that the store answered with, where that is known.
fn status<'a>(cause: &object_store::Error, told: &'a str) -> Option<&'a str> {
    use object_store::Error as Cause;
    match cause {
        Cause::NotFound { .. } => Some("404"),
        Cause::Unauthenticated { .. } => Some("401"),
        Cause::PermissionDenied { .. } => Some("403"),
        _ => told.split("status code: ").nth(1)?.get(..3),
    }
}

/// ` (SignatureDoesNotMatch)`: the store's own word for it, as Amazon's and Azure's have one.
fn code(told: &str) -> String {
    let code = told
        .split("<Code>")
        .nth(1)
        .and_then(|rest| rest.split('<').next());
    code.map_or_else(String::new, |code| format!(" ({code})"))
}

/// The last of the causes, in one line: those around it say the same with more words.
fn innermost(cause: &object_store::Error) -> String {
    let mut last: &dyn std::error::Error = cause;
    while let Some(next) = last.source() {
        last = next;
    }
    let text = last.to_string();
    let text: Vec<&str> = text.split_whitespace().collect();
    text.join(" ")
}

/// Without credentials the clients ask the machine for some, which only machines of a cloud have.
fn generic_hint(cause: &object_store::Error, hint: &str) -> String {
    let told = format!("{cause:?}").to_lowercase();
    let is_about_credentials = ["credential", "metadata", "token", "identity", "account"]
        .iter()
        .any(|word| told.contains(word));
    match is_about_credentials {
        true => format!("no credentials were found: {hint}"),
        false => "when the store can be reached again, the same command makes the rest".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_told_with_a_way_out() {
        #[track_caller]
        fn case(told: &str, what: &str, hint: &str) {
            let cause = object_store::Error::Generic {
                store: "S3",
                source: told.into(),
            };
            let error = fault("look into", "s3://spring/cards", cause);
            let expected = format!("cannot look into `s3://spring/cards`: {what}");
            assert_eq!(error.to_string(), expected);
            assert!(
                error.hint().is_some_and(|it| it.contains(hint)),
                "{error:?}"
            );
        }
        case(
            "Server returned non-2xx status code: 404 Not Found: <Error/>",
            "there is no bucket `spring`, or nothing of that name in it",
            "slips",
        );
        case(
            "status code: 403 Forbidden: <Error><Code>InvalidAccessKeyId</Code></Error>",
            "permission denied (InvalidAccessKeyId)",
            "AWS_ACCESS_KEY_ID",
        );
        case(
            "status code: 401",
            "the store does not know who we are",
            "AWS_",
        );
        case(
            "tcp\n  connect error",
            "tcp connect error",
            "the same command",
        );
        case(
            "no metadata endpoint",
            "no metadata endpoint",
            "no credentials",
        );
    }

    #[test]
    fn addresses_that_name_no_bucket_are_refused() {
        #[track_caller]
        fn case(scheme: &str, rest: &str, expected: &str) {
            let error = connect(scheme, rest).expect_err("it is refused");
            assert_eq!(error.to_string(), expected);
        }
        case("s3", "", "`s3://` names no bucket");
        case(
            "ftp",
            "a/b",
            "cannot write into `ftp://a/b`: there is no way to `ftp://`",
        );
        assert!(connect("s3", "a/b/../c").is_err());
    }
}
