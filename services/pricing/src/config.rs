use tracing::Level;

/// What the service can be told from outside.
#[derive(Debug, PartialEq, Eq)]
pub struct Config {
    pub port: u16,
    /// Nothing below it is logged.
    pub log_level: Level,
}

impl Config {
    /// Takes the settings from variables; an unset or empty one means its default.
    /// The error names every variable that is wrong, not only the first.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Vec<String>> {
        let given = |name: &str| variable(name).filter(|text| !text.is_empty());
        let port = given("PORT").map_or(Ok(8080), |text| match text.parse() {
            Ok(port) if port > 0 => Ok(port),
            _ => Err(format!("PORT: {text:?} is not a port number from 1 to 65535")),
        });
        let log_level = given("LOG_LEVEL").map_or(Ok(Level::INFO), |text| {
            text.parse()
                .map_err(|_| format!("LOG_LEVEL: {text:?} is not one of debug, info, warn, error, trace"))
        });
        match (port, log_level) {
            (Ok(port), Ok(log_level)) => Ok(Self { port, log_level }),
            (port, log_level) => Err([port.err(), log_level.err()].into_iter().flatten().collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Config, Vec<String>> {
        Config::read(|name| {
            let found = variables.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn without_variables_the_defaults_hold() {
        let defaults = Config {
            port: 8080,
            log_level: Level::INFO,
        };
        assert_eq!(read(&[]), Ok(defaults));
        assert_eq!(read(&[("PORT", "")]), read(&[]));
    }

    #[test]
    fn variables_are_taken() {
        let wanted = Config {
            port: 9000,
            log_level: Level::DEBUG,
        };
        assert_eq!(read(&[("PORT", "9000"), ("LOG_LEVEL", "debug")]), Ok(wanted));
    }

    #[test]
    fn every_wrong_variable_is_named() {
        let problems = read(&[("PORT", "70000"), ("LOG_LEVEL", "loud")])
            .unwrap_err()
            .join("\n");
        for part in ["PORT", "70000", "LOG_LEVEL", "loud"] {
            assert!(problems.contains(part), "{problems}");
        }
    }
}
