//! The `bitexto` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    bitexto::cli::main()
}
