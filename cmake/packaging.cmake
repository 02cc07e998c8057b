# What `cmake --install` lays down, and the Debian package that CPack makes of it
# (scripts/build-package).
include(GNUInstallDirs)
find_package(Python3 QUIET COMPONENTS Interpreter)

set(name cloud-billing-exporter)
set(CMAKE_INSTALL_DOCDIR "${CMAKE_INSTALL_DATAROOTDIR}/doc/${name}")
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)  # a package does not need the tests built
set(documents "${PROJECT_BINARY_DIR}/documents")

# The manual page and the completions say what this build's --help says.
if(Python3_FOUND)
  add_custom_command(
    OUTPUT "${documents}/cloud_billing_exporter.1.gz" "${documents}/cloud_billing_exporter.bash"
           "${documents}/_cloud_billing_exporter" "${documents}/cloud_billing_exporter.fish"
    COMMAND Python3::Interpreter -B "${PROJECT_SOURCE_DIR}/packaging/flag_documents.py"
            ${CMAKE_CROSSCOMPILING_EMULATOR} $<TARGET_FILE:cloud_billing_exporter> "${documents}"
    COMMAND gzip -9nf "${documents}/cloud_billing_exporter.1"
    DEPENDS cloud_billing_exporter packaging/flag_documents.py packaging/cloud_billing_exporter.1.in
    VERBATIM)
  add_custom_target(flag_documents ALL DEPENDS "${documents}/cloud_billing_exporter.1.gz")
  install(FILES "${documents}/cloud_billing_exporter.1.gz" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
  install(FILES "${documents}/cloud_billing_exporter.bash" RENAME cloud_billing_exporter
          DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
  install(FILES "${documents}/_cloud_billing_exporter"
          DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions")
  install(FILES "${documents}/cloud_billing_exporter.fish"
          DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
endif()

install(TARGETS cloud_billing_exporter RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(FILES config/systemd/cloud-billing-exporter.service DESTINATION lib/systemd/system)
install(FILES config/baidu-minimal.yml config/byteplus-minimal.yml config/volcengine-minimal.yml config/config.example.yml
              config/config.example.zh.yml config/40-accounts.example.yml config/web.example.yml config/demo.yml
        DESTINATION "${CMAKE_INSTALL_DOCDIR}/examples")
install(FILES README.md README.zh.md SECURITY.md DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(DIRECTORY docs DESTINATION "${CMAKE_INSTALL_DOCDIR}" PATTERN source EXCLUDE)
install(FILES packaging/debian/cloud-billing-exporter.lintian RENAME ${name}
        DESTINATION "${CMAKE_INSTALL_DATADIR}/lintian/overrides")
install(FILES "${CIVETWEB_SOURCE_DIR}/LICENSE.md" DESTINATION "${CMAKE_INSTALL_DOCDIR}"
        RENAME civetweb-LICENSE.md)
foreach(directory dashboards config/prometheus config/alertmanager)
  if(IS_DIRECTORY "${PROJECT_SOURCE_DIR}/${directory}")
    get_filename_component(last "${directory}" NAME)
    install(DIRECTORY "${directory}/" DESTINATION "${CMAKE_INSTALL_DATADIR}/${name}/${last}"
            FILES_MATCHING PATTERN "*.json" PATTERN "*.yml" PATTERN "*.tmpl" PATTERN source EXCLUDE PATTERN demo.yml EXCLUDE)
  endif()
endforeach()

# install_link(<link> <target>): in the documents' folder, where the documents look for what is elsewhere.
function(install_link link target)
  get_filename_component(folder "${link}" DIRECTORY)
  file(RELATIVE_PATH relative "/${CMAKE_INSTALL_DOCDIR}/${folder}" "/${target}")
  file(MAKE_DIRECTORY "${documents}/links/${folder}")
  file(CREATE_LINK "${relative}" "${documents}/links/${link}" SYMBOLIC)
endfunction()
install_link(config "${CMAKE_INSTALL_DOCDIR}/examples")
install_link(dashboards "${CMAKE_INSTALL_DATADIR}/${name}/dashboards")
install_link(examples/prometheus "${CMAKE_INSTALL_DATADIR}/${name}/prometheus")
install_link(examples/alertmanager "${CMAKE_INSTALL_DATADIR}/${name}/alertmanager")
install_link(examples/systemd/cloud-billing-exporter.service lib/systemd/system/cloud-billing-exporter.service)
install(DIRECTORY "${documents}/links/" DESTINATION "${CMAKE_INSTALL_DOCDIR}")

install(FILES packaging/debian/cloud-billing-exporter.default RENAME ${name} DESTINATION /etc/default)
install(DIRECTORY DESTINATION /etc/${name})
install(DIRECTORY DESTINATION /etc/${name}/keys DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME ${name})
set(CPACK_PACKAGE_CONTACT "Cloud Billing Exporter maintainers <maintainers@cloud-billing-exporter.invalid>")
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_DIRECTORY "${PROJECT_SOURCE_DIR}/build/packages")
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
if(NOT DEFINED CPACK_DEBIAN_PACKAGE_RELEASE)
  set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
endif()
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "init-system-helpers (>= 1.52)")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS ca-certificates)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "prometheus, grafana")
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Prometheus exporter for cloud account balances and bills")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Asks the billing interfaces of Baidu AI Cloud, Volcengine and BytePlus and
serves balances, bills of the current and the previous month by service,
region, billing mode, sub-account and tag, and orders as Prometheus metrics.
.
Amounts are added as exact decimals, and a scrape never waits for a cloud.
It can only read: nothing that it asks for pays, cancels or renews.")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA)
foreach(file conffiles postinst prerm postrm)
  list(APPEND CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA "${PROJECT_SOURCE_DIR}/packaging/debian/${file}")
endforeach()

string(TIMESTAMP CLOUD_BILLING_CHANGELOG_DATE "%a, %d %b %Y %H:%M:%S +0000" UTC)  # or SOURCE_DATE_EPOCH
configure_file(packaging/debian/changelog.in "${documents}/changelog.Debian" @ONLY)
add_custom_command(
  OUTPUT "${documents}/changelog.Debian.gz" "${documents}/changelog.gz"
  COMMAND gzip -9nc "${documents}/changelog.Debian" > "${documents}/changelog.Debian.gz"
  COMMAND gzip -9nc "${PROJECT_SOURCE_DIR}/CHANGELOG.md" > "${documents}/changelog.gz"
  DEPENDS "${documents}/changelog.Debian" CHANGELOG.md VERBATIM)
add_custom_target(package_changelog ALL DEPENDS "${documents}/changelog.Debian.gz")
install(FILES "${documents}/changelog.Debian.gz" "${documents}/changelog.gz" packaging/debian/copyright
        DESTINATION "${CMAKE_INSTALL_DOCDIR}")
include(CPack)
